# Untested: written where no Homebrew runs. URL and sha256 are those of a release that does not exist yet.
class Imglint < Formula
  desc "Lint and move container image references in Dockerfiles, compose files and manifests"
  homepage "https://example.org/imglint"
  url "https://example.org/imglint/imglint-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "nlohmann-json" => :build
  depends_on "pegtl" => :build
  depends_on "tomlplusplus" => :build
  depends_on "curl"
  depends_on "libpsl"
  depends_on "openssl@3"
  depends_on "re2"
  depends_on "yaml-cpp"

  def install
    system "cmake", "-S", ".", "-B", "build", "-DBUILD_TESTING=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build", "--component", "program"
  end

  test do
    (testpath/"Dockerfile").write "FROM nginx\n"
    assert_match "missing-tag", shell_output("#{bin}/imglint check", 1)
  end
end
