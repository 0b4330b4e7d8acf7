#include "server/apikeys/keyring.h"

#include "core/base/foreigntext.h"
#include "server/apikeys/apikey.h"
#include "server/auth/identity.h"
#include "server/auth/userid.h"
#include "server/files/smallfile.h"
#include "server/files/strictjson.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::apikeys {

namespace {

constexpr qsizetype MostNames = 1000; ///< Rooms or roles of one key.
constexpr qsizetype HashSize = 32;

/** What is wrong with a file; thrown in this file alone. */
struct Fault
{
    QString place; ///< Dotted.
    QString message;
};

[[noreturn]] void fault(const QString &place, const QString &message) { throw Fault{place, message}; }

/** The members of an object: each is asked for once, and what is left is unknown. */
class Members
{
public:
    Members(const QJsonValue &value, const QString &place)
        : m_place(place)
    {
        if (!value.isObject())
            fault(place, u"must be an object"_s);
        m_object = value.toObject();
    }
    QJsonValue take(QLatin1StringView name)
    {
        const QJsonValue value = m_object.take(name);
        if (value.isUndefined())
            fault(m_place, u"needs '%1'"_s.arg(name));
        return value;
    }
    QJsonValue takeIfThere(QLatin1StringView name) { return m_object.take(name); }
    void end() const
    {
        if (!m_object.isEmpty())
            fault(m_place, u"has an unknown member %1"_s.arg(quoted(m_object.begin().key().left(64))));
    }
    [[nodiscard]] QString at(QLatin1StringView name) const { return m_place + u'.' + name; }

private:
    QString m_place;
    QJsonObject m_object;
};

QString text(const QJsonValue &value, const QString &place)
{
    if (!value.isString() || value.toString().isEmpty())
        fault(place, u"must be a text"_s);
    return value.toString();
}

QStringList names(const QJsonValue &value, const QString &place)
{
    if (!value.isArray())
        fault(place, u"must be a list of texts"_s);
    const QJsonArray list = value.toArray();
    if (list.size() > MostNames)
        fault(place, u"has %1 items, %2 are allowed"_s.arg(list.size()).arg(MostNames));
    QStringList texts;
    for (qsizetype i = 0; i < list.size(); ++i)
        texts.append(text(list[i], place + u"[%1]"_s.arg(i)));
    return texts;
}

Time time(const QJsonValue &value, const QString &place)
{
    const auto time = timeOf(value.toString());
    if (!time)
        fault(place, u"must be a time such as \"2027-01-31T12:00:00Z\""_s);
    return *time;
}

KeySecret secretOf(const QJsonValue &value, const QString &place)
{
    Members members(value, place);
    KeySecret secret;
    const QByteArray hash = text(members.take("sha256"_L1), members.at("sha256"_L1)).toLatin1();
    secret.hash = QByteArray::fromHex(hash);
    if (secret.hash.size() != HashSize || secret.hash.toHex() != hash)
        fault(members.at("sha256"_L1), u"must be the SHA-256 of a key, in 64 small hexadecimal digits"_s);
    secret.created = time(members.take("created"_L1), members.at("created"_L1));
    if (const QJsonValue expires = members.takeIfThere("expires"_L1); !expires.isUndefined())
        secret.expires = time(expires, members.at("expires"_L1));
    members.end();
    return secret;
}

KeyEntry entryOf(const QJsonValue &value, const QString &place)
{
    Members members(value, place);
    KeyEntry entry{.from = text(members.take("from"_L1), members.at("from"_L1))};
    if (const auto good = checkUserId(entry.from); !good)
        fault(members.at("from"_L1), good.error().message);
    entry.scopes = names(members.take("scopes"_L1), members.at("scopes"_L1));
    for (const QString &scope : std::as_const(entry.scopes)) {
        if (!Grant::allScopes().contains(scope))
            fault(members.at("scopes"_L1),
                  u"must be of %1, not %2"_s.arg(Grant::allScopes().join(u", "_s), quoted(scope.left(64))));
    }
    entry.rooms = names(members.take("rooms"_L1), members.at("rooms"_L1));
    if (const QJsonValue roles = members.takeIfThere("roles"_L1); !roles.isUndefined())
        entry.roles = names(roles, members.at("roles"_L1));
    const QJsonValue secrets = members.take("secrets"_L1);
    const QString secretsPlace = members.at("secrets"_L1);
    if (!secrets.isArray() || secrets.toArray().isEmpty() || secrets.toArray().size() > KeyEntry::MostSecrets)
        fault(secretsPlace, u"must be a list of one secret, or of %1"_s.arg(KeyEntry::MostSecrets));
    for (qsizetype i = 0; i < secrets.toArray().size(); ++i)
        entry.secrets.append(secretOf(secrets.toArray()[i], secretsPlace + u"[%1]"_s.arg(i)));
    members.end();
    return entry;
}

QMap<QString, KeyEntry> keysOf(const QByteArray &json)
{
    const Result<QJsonObject> object = strictObject(json);
    if (!object)
        fault({}, object.error().message);
    Members top(*object, u"the file"_s);
    const QJsonValue all = top.take("keys"_L1);
    top.end();
    if (!all.isObject())
        fault(u"keys"_s, u"must be an object, of keys by their ids"_s);
    const QJsonObject byId = all.toObject();
    if (byId.size() > KeyRing::MostKeys)
        fault(u"keys"_s, u"are %1, %2 are allowed"_s.arg(byId.size()).arg(KeyRing::MostKeys));
    QMap<QString, KeyEntry> keys;
    for (auto key = byId.begin(); key != byId.end(); ++key) {
        if (!isKeyId(key.key())) {
            fault(u"keys"_s,
                  u"have the id %1; one has at most %2 small letters, digits and dashes"_s
                      .arg(quoted(key.key().left(64)))
                      .arg(LongestId));
        }
        keys.insert(key.key(), entryOf(key.value(), u"keys."_s + key.key()));
    }
    return keys;
}

QJsonObject toJson(const KeyEntry &entry)
{
    QJsonArray secrets;
    for (const KeySecret &secret : entry.secrets) {
        QJsonObject json{{u"sha256"_s, QString::fromLatin1(secret.hash.toHex())},
                         {u"created"_s, textOf(secret.created)}};
        if (secret.expires)
            json.insert("expires"_L1, textOf(*secret.expires));
        secrets.append(json);
    }
    return {{u"from"_s, entry.from},
            {u"scopes"_s, QJsonArray::fromStringList(entry.scopes)},
            {u"rooms"_s, QJsonArray::fromStringList(entry.rooms)},
            {u"roles"_s, QJsonArray::fromStringList(entry.roles)},
            {u"secrets"_s, secrets}};
}

} // namespace

std::optional<Time> timeOf(const QString &text)
{
    const bool isDate = text.size() == 10;
    if (!isDate && !text.endsWith(u'Z'))
        return {};
    const QDateTime time = QDateTime::fromString(isDate ? text + u"T00:00:00Z"_s : text, Qt::ISODate);
    if (!time.isValid())
        return {};
    return Time(std::chrono::seconds(time.toSecsSinceEpoch()));
}

QString textOf(Time time)
{
    return QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

Result<KeyRing> KeyRing::parse(const QByteArray &text)
{
    try {
        KeyRing ring;
        ring.keys = keysOf(text);
        return ring;
    } catch (const Fault &fault) {
        return Error{ErrorCode::ConfigError,
                     fault.place.isEmpty() ? fault.message : fault.place + u' ' + fault.message};
    }
}

Result<KeyRing> KeyRing::load(const QString &fileName)
{
    const Result<QByteArray> content = contentOf(fileName, LargestFile);
    if (!content)
        return content.error();
    Result<KeyRing> ring = parse(*content);
    if (!ring)
        return Error{ErrorCode::ConfigError, fileName + u": "_s + ring.error().message};
    return ring;
}

QByteArray KeyRing::toJson() const
{
    QJsonObject byId;
    for (auto key = keys.begin(); key != keys.end(); ++key)
        byId.insert(key.key(), apikeys::toJson(key.value()));
    return QJsonDocument(QJsonObject{{u"keys"_s, byId}}).toJson();
}

const KeyEntry *KeyRing::find(const QString &id) const
{
    const auto found = keys.constFind(id);
    return found == keys.cend() ? nullptr : &*found;
}

} // namespace dialogue::apikeys
