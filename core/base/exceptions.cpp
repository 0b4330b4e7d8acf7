#include "core/base/exceptions.h"

#include "core/base/foreigntext.h"

#include <QDebug>
#include <QMutexLocker>

#include <utility>

namespace dialogue {

ExceptionLog::ExceptionLog(LoggingCategory category, QString kind)
    : m_category(category)
    , m_kind(std::move(kind))
{ }

void ExceptionLog::add(const QString &where, const std::exception *exception)
{
    const int times = [this] {
        const QMutexLocker lock(&m_mutex);
        return m_seldom.count();
    }();
    if (times == 0)
        return;
    const QString what
        = exception ? QString::fromUtf8(exception->what()) : QStringLiteral("of a type that says nothing");
    qCCritical(m_category).noquote() << QStringLiteral("Exceptions that left %1: %2 - the last %3 - %4")
                                            .arg(m_kind)
                                            .arg(times)
                                            .arg(printable(where), quoted(what));
}

} // namespace dialogue
