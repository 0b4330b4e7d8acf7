#include "core/base/exceptions.h"

#include "core/base/foreigntext.h"

#include <QDebug>

namespace dialogue {

QString textOf(const std::exception *exception)
{
    return exception ? QString::fromUtf8(exception->what()) : QStringLiteral("of a type that says nothing");
}

void logException(LoggingCategory category, const QString &where, const std::exception *exception)
{
    qCCritical(category).noquote() << "An exception left" << printable(where) << ":"
                                   << quoted(textOf(exception));
}

} // namespace dialogue
