#pragma once

#include "core/base/export.h"

#include <QLoggingCategory>
#include <QString>

#include <exception>

namespace dialogue {

using LoggingCategory = const QLoggingCategory &(*)(); // as Q_DECLARE_LOGGING_CATEGORY declares them

/** What \a exception (null: something that is none) says it is. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString textOf(const std::exception *exception);

/** Logs that \a exception (null: something that is none) left \a where. */
DIALOGUE_CORE_EXPORT void logException(LoggingCategory category, const QString &where,
                                       const std::exception *exception);

/**
 * Runs \a f, which is the application's code: an exception out of it must not take the server, or the client,
 * along. \a report is called with it, and null where it is none. False: there was one.
 */
template <class F, class Report>
bool guarded(F &&f, const Report &report)
{
    try {
        f();
        return true;
    } catch (const std::exception &exception) {
        report(&exception);
    } catch (...) {
        report(nullptr);
    }
    return false;
}

/** The same; it is logged, with where it came from, which \a where says only then. */
template <class F, class Where>
bool guarded(LoggingCategory category, const Where &where, F &&f)
{
    return guarded(f, [&](const std::exception *exception) { logException(category, where(), exception); });
}

} // namespace dialogue
