#include "server/app/keycommand.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/apikeys/keytool.h"
#include "server/app/configsource.h"
#include "server/app/options.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int wrongKeyWords(const QString &message) { return wrongUsage(u"key: "_s + message, serverSyntax().name); }

int keyFailed(const Error &error)
{
    std::fputs((u"dialogue-server: "_s + printable(error.message) + u'\n').toUtf8().constData(), stderr);
    return error.code == ErrorCode::ConfigError ? ExitUsage : ExitFailed;
}

int makeKey(const Arguments &arguments, const ApiKeysConfig &config)
{
    const auto text = apikeys::newKey(config,
                                      {.id = arguments.operands()[2],
                                       .from = arguments.value(u"from"_s),
                                       .scopes = arguments.values(u"scope"_s),
                                       .rooms = arguments.values(u"room"_s),
                                       .roles = arguments.values(u"role"_s),
                                       .expires = arguments.value(u"expires"_s)});
    return text ? exitCodeOf(print(*text + '\n')) : keyFailed(text.error());
}

} // namespace

int runKeyCommand(const Arguments &arguments)
{
    const QStringList &words = arguments.operands();
    const QString what = words.value(1);
    if (what != u"new" && what != u"list" && what != u"revoke")
        return wrongKeyWords(u"says what to do: new, list or revoke"_s);
    const bool isList = what == u"list";
    if (words.size() != (isList ? 2 : 3))
        return wrongKeyWords(isList ? u"list: takes no further words"_s : u"%1: takes one id"_s.arg(what));
    if (!arguments.isSet(u"config"_s))
        return wrongKeyWords(u"%1: needs --config, which names the file of the keys"_s.arg(what));
    const ConfigReport report = configFrom(arguments.value(u"config"_s));
    if (!report.config) {
        printIssues(report);
        return ExitUsage;
    }
    const ApiKeysConfig &config = report.config->auth.apiKeys;
    if (!config.isSet())
        return wrongKeyWords(u"the configuration names no file of keys (auth.apiKeys.file)"_s);
    if (isList) {
        const auto listed = apikeys::listedKeys(config);
        return listed ? exitCodeOf(print(listed->toUtf8())) : keyFailed(listed.error());
    }
    if (what == u"new")
        return makeKey(arguments, config);
    const auto revoked = apikeys::revokeKey(config, words[2], arguments.isSet(u"older"_s));
    return revoked ? ExitOk : keyFailed(revoked.error());
}

} // namespace dialogue
