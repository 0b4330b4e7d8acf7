#pragma once

#include "core/base/export.h"
#include "core/base/seldom.h"

#include <QLoggingCategory>
#include <QMutex>
#include <QString>

#include <exception>

namespace dialogue {

using LoggingCategory = const QLoggingCategory &(*)(); // as Q_DECLARE_LOGGING_CATEGORY declares them

/**
 * Says in the log what the application's code threw. How often that happens a stranger may decide: the first
 * is logged at once, and then one a minute, with how many there were. Of any thread.
 */
class DIALOGUE_CORE_EXPORT ExceptionLog
{
public:
    /** \a kind: what they left, in the plural, such as "handlers". */
    ExceptionLog(LoggingCategory category, QString kind);

    /** \a exception (null: something that is none) left \a where, such as "of the event x". */
    void add(const QString &where, const std::exception *exception);

private:
    const LoggingCategory m_category;
    const QString m_kind;
    QMutex m_mutex; ///< Guards m_seldom.
    Seldom m_seldom;
};

/**
 * Runs \a f, which is the application's code: an exception out of it must not take the server, or the client,
 * along. It goes to \a log, with where it came from, which \a where says only then. False: there was one.
 */
template <class F, class Where>
bool guarded(ExceptionLog &log, const Where &where, F &&f)
{
    try {
        f();
        return true;
    } catch (const std::exception &exception) {
        log.add(where(), &exception);
    } catch (...) {
        log.add(where(), nullptr);
    }
    return false;
}

} // namespace dialogue
