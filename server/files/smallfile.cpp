#include "server/files/smallfile.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace dialogue {

Result<QByteArray> contentOf(const QString &fileName, qint64 most)
{
    const auto bad = [&fileName](const QString &what) {
        return Error{ErrorCode::ConfigError, fileName + u' ' + what};
    };
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return bad(u"cannot be read: "_s + file.errorString());
    const QByteArray content = file.read(most + 1);
    if (content.size() > most)
        return bad(u"is larger than %1 bytes"_s.arg(most));
    return content;
}

Result<void> replaceContent(const QString &fileName, const QByteArray &text)
{
    QSaveFile file(fileName);
    // The permissions first: nobody else may read even a part of it.
    const bool done = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.commit();
    if (!done)
        return Error{ErrorCode::IoError, u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    return {};
}

} // namespace dialogue
