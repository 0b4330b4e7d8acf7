#include "server/apikeys/lastuses.h"

#include "server/files/smallfile.h"
#include "server/files/strictjson.h"

#include <QJsonDocument>

namespace dialogue::apikeys {

QByteArray shownHash(const QByteArray &hash) { return hash.first(8).toHex(); }

LastUses LastUses::load(const QString &fileName)
{
    LastUses uses;
    const Result<QByteArray> content = contentOf(fileName, KeyRing::LargestFile);
    const Result<QJsonObject> times = content ? strictObject(*content) : content.error();
    if (!times)
        return uses;
    for (auto each = times->begin(); each != times->end(); ++each) {
        if (const auto time = timeOf(each.value().toString()))
            uses.m_times.insert(each.key().toLatin1(), *time);
    }
    return uses;
}

bool LastUses::note(const QByteArray &hash, Time now)
{
    Time &last = m_times[shownHash(hash)];
    if (now - last < std::chrono::minutes(1))
        return false;
    last = now;
    return true;
}

std::optional<Time> LastUses::of(const QByteArray &hash) const
{
    const auto found = m_times.constFind(shownHash(hash));
    return found == m_times.cend() ? std::nullopt : std::optional(*found);
}

QByteArray LastUses::toJson(const KeyRing &ring) const
{
    QJsonObject times;
    for (const KeyEntry &key : ring.keys) {
        for (const KeySecret &secret : key.secrets) {
            if (const auto time = of(secret.hash))
                times.insert(QString::fromLatin1(shownHash(secret.hash)), textOf(*time));
        }
    }
    return QJsonDocument(times).toJson();
}

} // namespace dialogue::apikeys
