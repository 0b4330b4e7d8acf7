#include "server/app/tokencommand.h"

#include "core/base/foreigntext.h"
#include "core/json/parsed.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/app/options.h"
#include "server/app/tokeninput.h"
#include "server/jwt/tokentool.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int wrongWords(const QString &message) { return wrongUsage(u"token: "_s + message, serverSyntax().name); }

/** Nothing of a token is in it. */
int failed(const Error &error, int code)
{
    std::fputs((u"dialogue-server: "_s + printable(error.text()) + u'\n').toUtf8().constData(), stderr);
    return code;
}

Result<QJsonObject> claimsOf(const QStringList &words)
{
    QJsonObject claims;
    for (const QString &word : words) {
        const qsizetype equals = word.indexOf(u'=');
        if (equals < 1) {
            return Error{
                ErrorCode::InvalidRequest,
                u"--claim: must be a name and a value, \"name=Ann\" or 'level=3', not '%1'"_s.arg(word)};
        }
        const QString text = word.mid(equals + 1);
        QJsonParseError error;
        // JSON where it is some, else a text.
        const QJsonDocument list = json::parsed('[' + text.toUtf8() + ']', &error);
        const bool isJson = error.error == QJsonParseError::NoError && list.array().size() == 1;
        claims.insert(word.left(equals), isJson ? list.array().first() : QJsonValue(text));
    }
    return claims;
}

int makeToken(const Arguments &arguments, const ServerConfig &config)
{
    if (arguments.value(u"user"_s).isEmpty())
        return wrongWords(u"new: needs --user, who its bearer is"_s);
    const auto lifetime = arguments.wholeNumber(u"lifetime"_s, 1, 100LL * 366 * 24 * 3600);
    if (!lifetime)
        return wrongWords(lifetime.error().text());
    const auto claims = claimsOf(arguments.values(u"claim"_s));
    if (!claims)
        return wrongWords(claims.error().text());
    const auto token = jwt::newToken(config.auth.jwt,
                                     {.userId = arguments.value(u"user"_s),
                                      .roles = arguments.values(u"role"_s),
                                      .claims = *claims,
                                      .lifetime = std::chrono::seconds(*lifetime),
                                      .keyId = arguments.value(u"key"_s),
                                      .privateKey = arguments.value(u"private-key"_s)});
    return token ? exitCodeOf(print(*token + '\n')) : failed(token.error(), ExitUsage);
}

int verifyToken(const QByteArray &token, const ServerConfig &config)
{
    const auto identity = jwt::verifiedToken(config, token);
    if (!identity)
        return failed(identity.error(),
                      identity.error().code == ErrorCode::ConfigError ? ExitUsage : ExitFailed);
    QJsonObject shown{{u"userId"_s, identity->userId},
                      {u"roles"_s, QJsonArray::fromStringList(identity->roles)},
                      {u"meta"_s, identity->meta}};
    if (identity->expiresAt) {
        const auto left = *identity->expiresAt - std::chrono::system_clock::now();
        shown.insert("expiresIn"_L1, qint64(std::chrono::duration_cast<std::chrono::seconds>(left).count()));
    }
    return exitCodeOf(print(QJsonDocument(shown).toJson()));
}

} // namespace

int runTokenCommand(const Arguments &arguments)
{
    const QStringList &words = arguments.operands();
    const QString what = words.value(1);
    if (what != u"new" && what != u"show" && what != u"verify")
        return wrongWords(u"says what to do: new, show or verify"_s);
    const bool isNew = what == u"new";
    if (words.size() != (isNew ? 2 : 3))
        return wrongWords(isNew ? u"new: takes no further words"_s
                                : u"%1: takes one token, or - for the standard input"_s.arg(what));
    if (what == u"show") {
        const auto shown = jwt::shownToken(tokenOf(words[2]));
        return shown ? exitCodeOf(print(*shown)) : failed(shown.error(), ExitFailed);
    }
    if (!arguments.isSet(u"config"_s))
        return wrongWords(u"%1: needs --config, whose keys it takes"_s.arg(what));
    const ConfigReport report = configFrom(arguments.value(u"config"_s));
    if (!report.config) {
        printIssues(report);
        return ExitUsage;
    }
    if (!report.config->auth.jwt.isSet())
        return wrongWords(u"the configuration has no keys for tokens (auth.jwt)"_s);
    return isNew ? makeToken(arguments, *report.config) : verifyToken(tokenOf(words[2]), *report.config);
}

} // namespace dialogue
