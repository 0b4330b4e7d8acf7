#include "server/apikeys/keytool.h"

#include "core/base/foreigntext.h"
#include "server/apikeys/apikey.h"
#include "server/apikeys/keyring.h"
#include "server/apikeys/lastuses.h"
#include "server/files/smallfile.h"

#include <QFileInfo>
#include <QLockFile>

#include <functional>

using namespace Qt::StringLiterals;

namespace dialogue::apikeys {

namespace {

constexpr std::chrono::milliseconds LockPatience{5000};

Error unable(const QString &message) { return {ErrorCode::ConfigError, message}; }

Time currentTime() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/** Changes the keys of a file, which nobody else changes meanwhile; an Error of \a change leaves it as it is.
 */
Result<void> changeKeys(const QString &fileName, const std::function<Result<void>(KeyRing &)> &change)
{
    QLockFile lock(fileName + u".lock"_s);
    if (!lock.tryLock(LockPatience)) {
        return Error{ErrorCode::IoError,
                     lock.error() == QLockFile::LockFailedError
                         ? u"%1 is being changed by somebody else"_s.arg(fileName)
                         : u"%1 cannot be made, beside the file of keys"_s.arg(lock.fileName())};
    }
    KeyRing keys;
    if (QFileInfo::exists(fileName)) {
        Result<KeyRing> there = KeyRing::load(fileName);
        if (!there)
            return there.error();
        keys = *std::move(there);
    }
    if (auto changed = change(keys); !changed)
        return changed;
    const QByteArray text = keys.toJson();
    // What the server would refuse is not written.
    if (const auto good = KeyRing::parse(text); !good)
        return unable(good.error().message);
    return replaceContent(fileName, text);
}

Result<void> addSecret(KeyRing &keys, const KeyRequest &request, const KeySecret &secret)
{
    const auto there = keys.keys.find(request.id);
    if (there == keys.keys.end()) {
        if (request.from.isEmpty() || request.scopes.isEmpty()) {
            return unable(
                u"a new key needs --from, the user its events are from, and --scope, what it is for"_s);
        }
        keys.keys.insert(request.id,
                         {.from = request.from,
                          .scopes = request.scopes,
                          .rooms = request.rooms.isEmpty() ? QStringList{u"*"_s} : request.rooms,
                          .roles = request.roles,
                          .secrets = {secret}});
        return {};
    }
    if (!request.from.isEmpty() || !request.scopes.isEmpty() || !request.rooms.isEmpty()
        || !request.roles.isEmpty()) {
        return unable(u"there is a key '%1' already: a second secret of it is for what the first is for, and "
                      u"takes --expires alone"_s.arg(request.id));
    }
    if (there->secrets.size() >= KeyEntry::MostSecrets) {
        return unable(
            u"the key '%1' has %2 secrets, as many as it may; revoke the older (key revoke %1 --older)"_s
                .arg(request.id)
                .arg(there->secrets.size()));
    }
    there->secrets.append(secret);
    return {};
}

QString joinedOrNone(const QStringList &words) { return words.isEmpty() ? u"none"_s : words.join(u", "_s); }

} // namespace

Result<void> checkKeys(const ApiKeysConfig &config)
{
    if (config.file.isEmpty())
        return {};
    const Result<KeyRing> keys = KeyRing::load(config.file);
    return keys ? Result<void>() : Error{keys.error().code, keys.error().message, u"auth.apiKeys.file"_s};
}

Result<QByteArray> newKey(const ApiKeysConfig &config, const KeyRequest &request)
{
    if (!isKeyId(request.id)) {
        return unable(
            u"'%1' is no id: one has at most %2 small letters, digits and dashes"_s.arg(request.id.left(64))
                .arg(LongestId));
    }
    const QByteArray text = newKeyText(request.id);
    KeySecret secret{.hash = ApiKey::parse(text)->hash, .created = currentTime()};
    if (!request.expires.isEmpty()) {
        secret.expires = timeOf(request.expires);
        if (!secret.expires)
            return unable(
                u"--expires: must be a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z, not "
                u"'%1'"_s.arg(request.expires.left(64)));
        if (*secret.expires <= secret.created)
            return unable(u"--expires: %1 has passed"_s.arg(textOf(*secret.expires)));
    }
    const auto changed
        = changeKeys(config.file, [&](KeyRing &keys) { return addSecret(keys, request, secret); });
    if (!changed)
        return changed.error();
    return text;
}

Result<QString> listedKeys(const ApiKeysConfig &config)
{
    const Result<KeyRing> keys = KeyRing::load(config.file);
    if (!keys)
        return keys.error();
    const LastUses uses = LastUses::load(LastUses::fileOf(config.file));
    QString text;
    for (auto key = keys->keys.begin(); key != keys->keys.end(); ++key) {
        text += u"%1: from %2; scopes %3; rooms %4; roles %5\n"_s.arg(
            key.key(), printable(key->from), joinedOrNone(key->scopes), printable(joinedOrNone(key->rooms)),
            printable(joinedOrNone(key->roles)));
        for (const KeySecret &secret : key->secrets) {
            const auto last = uses.of(secret.hash);
            text += u"    %1: made %2, expires %3, last used %4\n"_s.arg(
                QLatin1StringView(shownHash(secret.hash)), textOf(secret.created),
                secret.expires ? textOf(*secret.expires) : u"never"_s, last ? textOf(*last) : u"never"_s);
        }
    }
    return text;
}

Result<void> revokeKey(const ApiKeysConfig &config, const QString &id, bool onlyOlder)
{
    return changeKeys(config.file, [&](KeyRing &keys) -> Result<void> {
        const auto key = keys.keys.find(id);
        if (key == keys.keys.end())
            return unable(u"there is no key '%1'"_s.arg(id.left(64)));
        if (!onlyOlder)
            keys.keys.erase(key);
        else if (key->secrets.size() < 2)
            return unable(u"the key '%1' has one secret; without --older it is revoked as a whole"_s.arg(id));
        else
            key->secrets.removeFirst();
        return {};
    });
}

} // namespace dialogue::apikeys
