// Made from the kinds of file by tests/kind_pages_test.cpp.
export const languages = ["dockercompose", "docker-compose", "compose", "dockerfile", "containerfile"];
export const patterns = [
  "**/{[cC]ompose,[dD]ocker-[cC]ompose}.{[yY]ml,[yY]aml}",
  "**/{[cC]ompose,[dD]ocker-[cC]ompose}[._-]*.{[yY]ml,[yY]aml}",
  "**/?*-[cC]ompose.{[yY]ml,[yY]aml}",
  "**/{[sS]tack,[dD]ocker-[sS]tack}.{[yY]ml,[yY]aml}",
  "**/{[dD]ocker,[cC]ontainer}file.{[yY]ml,[yY]aml,[jJ]son}",
  "**/{[dD]ocker,[cC]ontainer}file[._-]*.{[yY]ml,[yY]aml,[jJ]son}",
  "**/{[dD]ocker,[cC]ontainer}file",
  "**/{[dD]ocker,[cC]ontainer}file[._-]*",
  "**/?*.{[dD]ocker,[cC]ontainer}file",
];
