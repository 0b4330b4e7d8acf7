#include "server/jwt/keyset.h"

#include "core/base/foreigntext.h"
#include "server/files/smallfile.h"
#include "server/files/strictjson.h"
#include "server/outgoing/trust.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

constexpr qint64 LargestFile = 65536; // bytes
constexpr qsizetype MostKeys = 100;
/** A token that names no key is checked with so many at most. */
constexpr std::size_t MostTries = 8;

Error wrongSet(const QString &message, const QString &path = {})
{
    return {ErrorCode::ConfigError, message, path};
}

/** As editors and `openssl rand -hex` leave it. */
QByteArray withoutLineEnd(QByteArray secret)
{
    if (secret.endsWith('\n'))
        secret.chop(1);
    if (secret.endsWith('\r'))
        secret.chop(1);
    return secret;
}

Result<Key> loadKey(const JwtKeyConfig &config)
{
    const Algorithm *const algorithm = algorithmNamed(config.algorithm);
    if (!algorithm)
        return wrongSet(u"\"%1\" is no algorithm for keys"_s.arg(config.algorithm), u"algorithm"_s);
    const bool isSecret = algorithm->kind == KeyKind::Secret;
    const QString &fileName = isSecret ? config.secretFile : config.file;
    const QString member = isSecret ? u"secretFile"_s : u"file"_s;
    if (fileName.isEmpty() || !(isSecret ? config.file : config.secretFile).isEmpty())
        return wrongSet(u"%1 needs the %2 of its key, and nothing else"_s.arg(config.algorithm, member),
                        member);
    const auto content = contentOf(fileName, LargestFile);
    if (!content)
        return wrongSet(content.error().message, member);
    Result<Key> key = isSecret ? Key::ofSecret(*algorithm, withoutLineEnd(*content), config.id)
                               : Key::ofPem(*algorithm, *content, config.id);
    if (!key)
        return wrongSet(fileName + u' ' + key.error().message, member);
    return key;
}

/** Whether \a jwk is one for checking signatures, as far as it says. */
bool isForSignatures(const QJsonObject &jwk)
{
    const QJsonValue use = jwk.value("use"_L1);
    const QJsonValue operations = jwk.value("key_ops"_L1);
    return (use.isUndefined() || use == "sig"_L1)
        && (operations.isUndefined() || operations.toArray().contains(u"verify"_s));
}

QLatin1StringView typeOf(const Algorithm &algorithm)
{
    switch (algorithm.kind) {
    case KeyKind::Secret:
        return "oct"_L1;
    case KeyKind::Rsa:
        return "RSA"_L1;
    case KeyKind::Curve:
        break;
    }
    return "EC"_L1;
}

/** The algorithms of \a allowed that \a jwk may be for. */
QList<const Algorithm *> fitting(const QJsonObject &jwk, const QStringList &allowed)
{
    QList<const Algorithm *> fit;
    const QJsonValue named = jwk.value("alg"_L1);
    for (const QString &name : allowed) {
        const Algorithm *const algorithm = algorithmNamed(name);
        if (!algorithm || jwk.value("kty"_L1).toString() != typeOf(*algorithm))
            continue;
        if (!algorithm->curve.isEmpty() && jwk.value("crv"_L1).toString() != algorithm->curve)
            continue;
        if (named.isUndefined() || named == name)
            fit.append(algorithm);
    }
    return fit;
}

} // namespace

Result<KeySet> KeySet::ofJwks(const QByteArray &text, const QStringList &algorithms)
{
    const Result<QJsonObject> set = strictObject(text);
    if (!set)
        return wrongSet(set.error().message);
    const QJsonValue list = set->value("keys"_L1);
    if (!list.isArray())
        return wrongSet(u"is no JWK Set: it has no array 'keys'"_s);
    const QJsonArray jwks = list.toArray();
    if (jwks.size() > MostKeys)
        return wrongSet(u"has %1 keys, %2 are allowed"_s.arg(jwks.size()).arg(MostKeys));
    std::vector<Key> keys;
    for (qsizetype i = 0; i < jwks.size(); ++i) {
        const QString place = u"keys[%1] "_s.arg(i);
        if (!jwks[i].isObject())
            return wrongSet(place + u"is no object"_s);
        const QJsonObject jwk = jwks[i].toObject();
        if (!isForSignatures(jwk))
            continue;
        const QList<const Algorithm *> fit = fitting(jwk, algorithms);
        if (fit.isEmpty())
            continue;
        if (fit.size() > 1) {
            return wrongSet(place
                            + u"may be for %1 or %2, and does not say (alg); allow one of them"_s.arg(
                                fit[0]->name, fit[1]->name));
        }
        const QString id = jwk.value("kid"_L1).toString();
        if (id.toUtf8().size() > LongestKeyId)
            return wrongSet(place + u"has a kid of more than %1 bytes"_s.arg(LongestKeyId));
        const bool twice = !id.isEmpty() && std::ranges::any_of(keys, [&](const Key &other) {
            return other.id() == id && &other.algorithm() == fit[0];
        });
        if (twice)
            return wrongSet(place + u"has the kid of another"_s);
        const Result<Key> key = Key::ofJwk(*fit[0], jwk, id);
        if (!key)
            return wrongSet(place + key.error().message);
        keys.push_back(*key);
    }
    if (keys.empty())
        return wrongSet(u"has no key for %1"_s.arg(algorithms.join(u", "_s)));
    return KeySet(std::move(keys));
}

Result<KeySet> KeySet::load(const JwtConfig &config)
{
    std::vector<Key> keys;
    for (qsizetype i = 0; i < config.keys.size(); ++i) {
        const Result<Key> key = loadKey(config.keys[i]);
        if (!key)
            return wrongSet(key.error().message, u"auth.jwt.keys[%1].%2"_s.arg(i).arg(key.error().path));
        keys.push_back(*key);
    }
    if (!config.jwks.file.isEmpty()) {
        const auto content = contentOf(config.jwks.file, LargestFile);
        if (!content)
            return wrongSet(content.error().message, u"auth.jwt.jwks.file"_s);
        const Result<KeySet> set = ofJwks(*content, config.jwks.algorithms);
        if (!set)
            return wrongSet(config.jwks.file + u' ' + set.error().message, u"auth.jwt.jwks.file"_s);
        keys.insert(keys.end(), set->m_keys.begin(), set->m_keys.end());
    }
    // It is read again when it is needed; what is wrong with it is said now.
    if (const auto trust = trustOf(config.jwks.ca); !trust)
        return wrongSet(trust.error().message, u"auth.jwt.jwks.ca"_s);
    return KeySet(std::move(keys));
}

KeySet KeySet::with(const KeySet &other) const
{
    std::vector<Key> keys = m_keys;
    keys.insert(keys.end(), other.m_keys.begin(), other.m_keys.end());
    return KeySet(std::move(keys));
}

bool KeySet::knows(const Token &token) const
{
    return std::ranges::any_of(m_keys, [&token](const Key &key) {
        return key.algorithm().name == token.algorithm
            && (token.keyId.isEmpty() || key.id().isEmpty() || key.id() == token.keyId);
    });
}

Result<void> KeySet::verify(const Token &token) const
{
    const auto refused = [](const QString &reason) { return Error{ErrorCode::Unauthorized, reason}; };
    bool isKnown = false;
    std::vector<const Key *> candidates;
    for (const Key &key : m_keys) {
        if (key.algorithm().name != token.algorithm)
            continue;
        isKnown = true;
        if (token.keyId.isEmpty() || key.id().isEmpty() || key.id() == token.keyId)
            candidates.push_back(&key);
    }
    if (!isKnown) {
        return refused(u"its header says the algorithm %1, for which there is no key"_s.arg(
            quoted(QStringView(token.algorithm).left(32))));
    }
    if (candidates.empty()) {
        return refused(
            u"there is no key %1 for %2"_s.arg(quoted(QStringView(token.keyId).left(64)), token.algorithm));
    }
    if (candidates.size() > MostTries) {
        return refused(u"it does not say which of %1 keys has signed it (kid)"_s.arg(candidates.size()));
    }
    if (std::ranges::none_of(candidates, [&token](const Key *key) { return key->hasSigned(token); }))
        return refused(u"its signature is not that of the key for %1"_s.arg(token.algorithm));
    return {};
}

QStringList keyFiles(const JwtConfig &config)
{
    QStringList files;
    for (const JwtKeyConfig &key : config.keys)
        files.append(key.file.isEmpty() ? key.secretFile : key.file);
    if (!config.jwks.file.isEmpty())
        files.append(config.jwks.file);
    files.removeDuplicates();
    return files;
}

} // namespace dialogue::jwt
