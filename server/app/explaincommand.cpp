#include "server/app/explaincommand.h"

#include "core/base/foreigntext.h"
#include "core/json/parsed.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/app/options.h"
#include "server/app/tokeninput.h"
#include "server/jwt/tokentool.h"
#include "server/rules/explain.h"
#include "server/rules/roomtemplates.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr qint64 LargestClaims = 65536; ///< Bytes that are read of them.

int wrongExplain(const QString &message) { return wrongUsage(u"explain: "_s + message, serverSyntax().name); }

int explainFailed(const Error &error, int code)
{
    std::fputs((u"dialogue-server: "_s + printable(error.text()) + u'\n').toUtf8().constData(), stderr);
    return code;
}

Result<QJsonObject> claimsIn(const QString &fileName)
{
    QFile file(fileName);
    const bool opened
        = fileName == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return Error{ErrorCode::IoError,
                     u"%1: cannot be read: %2"_s.arg(shownName(fileName), file.errorString())};
    const QByteArray text = file.read(LargestClaims);
    QJsonParseError error;
    const QJsonDocument document = json::parsed(text, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return Error{ErrorCode::ConfigError,
                     u"%1: must be a JSON object of claims"_s.arg(shownName(fileName))};
    return document.object();
}

/** Whoever brings nothing is somebody nobody vouches for. */
Result<Identity> identityBy(const Arguments &arguments, const ServerConfig &config)
{
    if (arguments.isSet(u"token"_s))
        return jwt::verifiedToken(config, tokenOf(arguments.value(u"token"_s)));
    if (!arguments.isSet(u"claims"_s))
        return Identity{.userId = {}, .verified = false};
    const auto claims = claimsIn(arguments.value(u"claims"_s));
    return claims ? jwt::identityOfClaims(config, *claims) : claims.error();
}

/** What a room of that id is declared as, and where that stands. */
struct Declared
{
    RoomConfig room;
    QString origin;
};
std::optional<Declared> declared(const QString &roomId, const ServerConfig &config)
{
    const auto room = std::ranges::find(config.rooms, roomId, &RoomConfig::id);
    if (room != config.rooms.end())
        return Declared{*room, {}};
    const RoomTemplate *const fits = templateFor(roomId, config.roomCreation.templates);
    if (fits)
        return Declared{fits->room,
                        u", as clients create it (roomCreation.templates.%1)"_s.arg(fits->pattern)};
    if (!config.roomCreation.create.isNobody())
        return Declared{{}, u", as clients create it (without a template)"_s};
    return {};
}

QString shown(const Identity &identity)
{
    if (!identity.verified)
        return u"Somebody nobody vouches for"_s;
    return printable(identity.userId)
        + (identity.roles.isEmpty() ? u" (without a role)"_s
                                    : u" (%1)"_s.arg(printable(identity.roles.join(u", "_s))));
}

QString table(const QList<RuleVerdict> &verdicts)
{
    qsizetype actions = 0;
    qsizetype rules = 0;
    const auto nameOf
        = [](const RuleVerdict &each) { return printable((each.action + u' ' + each.event).trimmed()); };
    const auto ruleOf
        = [](const RuleVerdict &each) { return each.rule.isEmpty() ? u"(no rule)"_s : printable(each.rule); };
    for (const RuleVerdict &each : verdicts) {
        actions = std::max(actions, nameOf(each).size());
        rules = std::max(rules, ruleOf(each).size());
    }
    QString text;
    for (const RuleVerdict &each : verdicts) {
        const QString line = u"  %1  %2  %3  %4"_s.arg(
            nameOf(each).leftJustified(actions), each.isAllowed ? u"yes"_s : u"no "_s,
            ruleOf(each).leftJustified(rules), printable(each.place));
        text += QStringView(line).trimmed().isEmpty() ? QString() : u"  "_s + line.trimmed() + u'\n';
    }
    return text;
}

} // namespace

int runExplainCommand(const Arguments &arguments)
{
    if (arguments.operands().size() > 1)
        return wrongExplain(u"takes no further words"_s);
    if (!arguments.isSet(u"config"_s))
        return wrongExplain(u"needs --config, whose rules it explains"_s);
    const QString roomId = arguments.value(u"room"_s);
    if (roomId.isEmpty())
        return wrongExplain(u"needs --room, the room"_s);
    if (arguments.isSet(u"token"_s) && arguments.isSet(u"claims"_s))
        return wrongExplain(u"takes --token or --claims, not both"_s);
    const ConfigReport report = configFrom(arguments.value(u"config"_s));
    if (!report.config) {
        printIssues(report);
        return ExitUsage;
    }
    if (arguments.isSet(u"token"_s) && !report.config->auth.jwt.isSet())
        return wrongExplain(u"the configuration has no keys for tokens (auth.jwt); --claims needs none"_s);
    const auto room = declared(roomId, *report.config);
    if (!room) {
        return explainFailed(
            {ErrorCode::RoomNotFound, u"There is no room '%1', and clients create none"_s.arg(roomId)},
            ExitFailed);
    }
    const auto identity = identityBy(arguments, *report.config);
    if (!identity)
        return explainFailed(identity.error(),
                             identity.error().code == ErrorCode::ConfigError ? ExitUsage : ExitFailed);
    const QString head
        = u"%1 in room %2%3:\n"_s.arg(shown(*identity), printable(roomId), printable(room->origin));
    const QString rows = table(explainRules(room->room, report.config->roomCreation.create, *identity));
    return exitCodeOf(print((head + rows).toUtf8()));
}

} // namespace dialogue
