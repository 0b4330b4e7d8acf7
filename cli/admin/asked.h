#pragma once

#include "cli/admin/adminsession.h"
#include "cli/base/session.h"
#include "cli/base/style.h"
#include "process/arguments.h"
#include "process/print.h"

#include <QStringList>

namespace dialogue::cli {

/** What `dialogue admin` was called with. */
struct Asked
{
    const Arguments &arguments;
    const QStringList words; ///< Behind the first.
    const bool isJson;
    const Style style;
};

/** The whole answer: it ends with that. */
inline void show(AdminSession &session, const QByteArray &text) { session.finish(exitCodeOf(print(text))); }

} // namespace dialogue::cli
