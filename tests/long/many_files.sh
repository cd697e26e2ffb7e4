# For the tests beside it: a folder of many files that a move has something to do in.
#   . many_files.sh; lay_files FOLDER NUMBER
# Dockerfiles and compose files by turns, of differing length, in thirteen folders.
lay_files() {
  local number folder
  for ((number = 0; number < $2; ++number)); do
    folder="$1/d$((number % 13))"
    mkdir -p "$folder"
    if ((number % 2)); then
      { printf 'FROM nginx:%d\n' "$number"; yes "RUN echo $number" | head -n $((number % 97)) || true; } >"$folder/Dockerfile.$number"
    else
      { printf 'services:\n  web:\n    image: redis:%d\n' "$number"; yes "# $number" | head -n $((number % 89)) || true; } \
        >"$folder/compose.$number.yaml"
    fi
  done
}
