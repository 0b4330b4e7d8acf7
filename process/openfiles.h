#pragma once

namespace dialogue {

/** Raises the process's limit of open files to what the system allows; gives back the limit now in force. */
int raiseOpenFileLimit();

} // namespace dialogue
