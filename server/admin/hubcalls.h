#pragma once

#include "server/loop/mailbox.h"

#include <functional>

namespace dialogue::admin {

/** What the threads of /admin have the hub do. */
using HubCalls = Mailbox<std::function<void()>>;

} // namespace dialogue::admin
