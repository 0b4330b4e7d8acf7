#include "server/config/authreader.h"

#include "server/config/mapreader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** The file that \a key has to name: a secret's bytes, or the other kind of key. */
void checkFiles(const JwtKeyConfig &key, FilePosition position, const QString &path, Issues &issues)
{
    const bool isSecret = key.algorithm.startsWith("HS"_L1);
    const QString needed = isSecret ? u"secretFile"_s : u"file"_s;
    const QString other = isSecret ? u"file"_s : u"secretFile"_s;
    if (!(isSecret ? key.file : key.secretFile).isEmpty())
        issues.error(position, path, u"%1 takes `%2`, not `%3`"_s.arg(key.algorithm, needed, other));
    else if ((isSecret ? key.secretFile : key.file).isEmpty())
        issues.error(position, path, u"%1 needs `%2`"_s.arg(key.algorithm, needed));
}

} // namespace

QList<JwtKeyConfig> readJwtKeys(const Node &node, const QString &path, Issues &issues)
{
    QList<JwtKeyConfig> keys;
    if (node.kind != Node::Kind::List) {
        if (node.kind != Node::Kind::Null)
            issues.error(
                node.position, path,
                u"must be a list of keys such as [{algorithm: RS256, file: public.pem}], not %1"_s.arg(
                    describe(node)));
        return keys;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const QString here = path + u"[%1]"_s.arg(i);
        const Node &item = node.items[i];
        const int errorsBefore = issues.errorCount();
        JwtKeyConfig key{.algorithm = {}};
        MapReader<JwtKeyConfig>(jwtKeyFields(), issues).read(item, here, key);
        if (issues.errorCount() != errorsBefore)
            continue;
        if (key.algorithm.isEmpty())
            issues.error(item.position, here, u"needs `algorithm`, such as RS256"_s);
        else
            checkFiles(key, item.position, here, issues);
        keys.append(key);
    }
    return keys;
}

void settleAuth(ServerConfig &config, const Node &root, Issues &issues)
{
    JwtConfig &jwt = config.auth.jwt;
    const auto at = [&root](QStringView path) { return locate(root, path); };
    if (!issues.hasErrors() && jwt.jwks.isSet() && jwt.jwks.algorithms.isEmpty()) {
        issues.error(at(u"auth.jwt.jwks"), u"auth.jwt.jwks.algorithms"_s,
                     u"must say which algorithms its keys are for, such as [RS256]"_s);
    }
    if (!jwt.jwks.ca.isEmpty() && jwt.jwks.url.isEmpty()) {
        issues.error(at(u"auth.jwt.jwks.ca"), u"auth.jwt.jwks.ca"_s,
                     u"is of use with auth.jwt.jwks.url alone, which it is for"_s);
    }
    if (!jwt.jwks.file.isEmpty() && !jwt.jwks.url.isEmpty()) {
        issues.error(at(u"auth.jwt.jwks.url"), u"auth.jwt.jwks.url"_s,
                     u"stands beside `file`; the keys come from one of the two"_s);
    }
    if (config.auth.isVouched() && config.auth.claimed) {
        issues.error(at(u"auth.claimed"), u"auth.claimed"_s,
                     u"the client's own word is not taken where a credential is asked for (%1); leave one of "
                     u"the two out"_s.arg(jwt.isSet()                       ? u"auth.jwt"_s
                                              : config.auth.apiKeys.isSet() ? u"auth.apiKeys"_s
                                                                            : u"auth.certificates"_s));
    }
    const auto isOpen
        = [](const QString &origin) { return origin.contains(u'*') || !origin.startsWith("http"_L1); };
    const auto open = std::ranges::find_if(config.cors.origins, isOpen);
    if (!jwt.cookie.isEmpty() && open != config.cors.origins.end()) {
        issues.error(
            at(u"cors.origins"), u"cors.origins"_s,
            u"\"%1\" is more than one origin: where a cookie says who somebody is (auth.jwt.cookie), "
            u"each has to be named in full, such as \"https://app.example.org\""_s.arg(*open));
    }
    if (jwt.isSet()) {
        for (const auto &[value, path, claim] :
             {std::tuple(jwt.issuer, u"auth.jwt.issuer"_s, u"iss"_s),
              std::tuple(jwt.audience, u"auth.jwt.audience"_s, u"aud"_s)}) {
            if (value.isEmpty()) {
                issues.warning(
                    at(path), path,
                    u"is not set: a token that the same key has signed for something else is taken "
                    u"here, too (`%1`)"_s.arg(claim));
            }
        }
    }
    const QDir folder = QFileInfo(issues.fileName()).dir();
    const auto settle = [&folder](QString &file) {
        if (!file.isEmpty())
            file = QDir::cleanPath(folder.absoluteFilePath(file));
    };
    settle(config.auth.apiKeys.file);
    settle(jwt.jwks.file);
    settle(jwt.jwks.ca);
    for (JwtKeyConfig &key : jwt.keys) {
        settle(key.file);
        settle(key.secretFile);
    }
}

} // namespace dialogue::config
