#include "server/auth/userid.h"

#include "core/base/foreigntext.h"

#include <algorithm>

namespace dialogue {

namespace {

/** As people read it: full-width, bold or circled letters are letters, and neither case nor blanks count. */
QString asRead(const QString &name)
{
    constexpr auto compatible = QString::NormalizationForm_KC;
    QString read = name.normalized(compatible).toCaseFolded().normalized(compatible);
    read.removeIf([](QChar c) { return c.isSpace(); });
    return read;
}

} // namespace

Result<void> checkUserId(const QString &userId)
{
    if (const QString fault = faultOfId(userId); !fault.isEmpty())
        return Error{ErrorCode::Unauthorized, QStringLiteral("A user id ") + fault};
    if (asRead(userId) == u"system") {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("The user id 'system' is the server's own in any spelling; use another")};
    }
    return {};
}

} // namespace dialogue
