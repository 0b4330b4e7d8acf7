#include "server/app/commands.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "process/endingsignals.h"
#include "process/exitcodes.h"
#include "process/openfiles.h"
#include "process/print.h"
#include "process/signalnotifier.h"
#include "server/admin/passwordtool.h"
#include "server/apikeys/keytool.h"
#include "server/app/admincommand.h"
#include "server/app/configsource.h"
#include "server/app/explaincommand.h"
#include "server/app/healthcheck.h"
#include "server/app/keycommand.h"
#include "server/app/logwriter.h"
#include "server/app/options.h"
#include "server/app/pidfile.h"
#include "server/app/reload.h"
#include "server/app/reloadcommand.h"
#include "server/app/storecommand.h"
#include "server/app/tokencommand.h"
#include "server/app/typescommand.h"
#include "server/config/loglevels.h"
#include "server/dialogue.h"
#include "server/jwt/tokentool.h"
#include "server/middleware/checkwebhooks.h"
#include "server/tcp/handedsockets.h"
#include "server/tcp/listenhosts.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int usageError(const QString &message) { return wrongUsage(message, serverSyntax().name); }

int check(const QString &fileName)
{
    const ConfigReport report = configFrom(fileName);
    printIssues(report);
    if (!report.config)
        return ExitUsage;
    for (const auto &keys :
         {jwt::checkKeys(report.config->auth.jwt), apikeys::checkKeys(report.config->auth.apiKeys),
          checkWebhooks(*report.config), admin::checkAccounts(report.config->admin)}) {
        if (keys)
            continue;
        std::fputs(
            (printable(shownName(fileName) + u": "_s + keys.error().text()) + u'\n').toUtf8().constData(),
            stderr);
        return ExitUsage;
    }
    const qsizetype rooms = report.config->rooms.size();
    return exitCodeOf(print(printable(shownName(fileName)).toUtf8() + ": good, with "
                            + QByteArray::number(rooms) + (rooms == 1 ? " room\n" : " rooms\n")));
}

int serve(const ServerConfig &config, const Arguments &arguments)
{
    if (config.host == NoListener) {
        qCCritical(lcServer) << "Cannot serve: host: \"none\" is for an application that accepts the "
                                "connections itself and hands them to Dialogue::accept(); name an address";
        return ExitFailed;
    }
    const SignalNotifier signals(signalSet({SIGTERM, SIGINT, SIGHUP}));
    std::unique_ptr<PidFile> pidFile;
    if (arguments.isSet(u"pid-file"_s)) {
        auto held = PidFile::hold(arguments.value(u"pid-file"_s));
        if (!held) {
            qCCritical(lcServer).noquote() << "Cannot serve:" << printable(held.error().message);
            return ExitFailed;
        }
        pidFile = *std::move(held);
    }
    const int files = raiseOpenFileLimit();
    Dialogue dialogue(config);
    Reload reload(dialogue, arguments);
    // People and scripts wait for this line; --port 0 is told here.
    QObject::connect(&dialogue, &Dialogue::started, &dialogue, [&dialogue] {
        const QList<QUrl> urls = dialogue.urls();
        for (const QUrl &url : urls)
            print("dialogue-server listens on " + url.toString().toUtf8() + '\n');
    });
    QObject::connect(&signals, &SignalNotifier::came, &dialogue, [&dialogue, &reload](int signal) {
        if (signal != SIGHUP) {
            dialogue.stop();
            return;
        }
        reload.begin();
    });
    QObject::connect(&dialogue, &Dialogue::stopped, qApp, &QCoreApplication::quit);
    if (const auto started = dialogue.start(); !started) {
        qCCritical(lcServer).noquote() << "Cannot serve:" << printable(started.error().text());
        return ExitFailed;
    }
    if (files < config.limits.maxConnections) {
        qCWarning(lcServer)
            << "This process may open" << files
            << "files, fewer than limits.maxConnections; raise it with ulimit -n or LimitNOFILE=";
    }
    return QCoreApplication::exec();
}

/** Serves with what the options and the configuration say. */
int serve(const Arguments &arguments)
{
    if (arguments.isSet(u"log-level"_s)) {
        if (const auto rules = logFilterRules(arguments.value(u"log-level"_s)); !rules)
            return usageError(u"--log-level: "_s + rules.error().message);
    }
    const QString format = arguments.value(u"log-format"_s);
    if (format != u"text" && format != u"json")
        return usageError(u"--log-format: must be text or json, not '%1'"_s.arg(format));

    ServerConfig config;
    ConfigReport report;
    if (arguments.isSet(u"config"_s)) {
        report = configFrom(arguments.value(u"config"_s));
        if (!report.config) {
            printIssues(report);
            return ExitUsage;
        }
        config = *report.config;
    }
    if (const auto applied = applyOptions(arguments, config); !applied)
        return usageError(applied.error().text());
    setLogLevels(config);
    if (areSocketsHandedOver())
        config.host = HandedOver;

    const LogWriter log(format == u"json");
    for (ConfigIssue issue : std::as_const(report.issues)) {
        issue.severity = ConfigIssue::Severity::Error; // The line says that it is a warning.
        qCWarning(lcServer).noquote() << printable(issue.text());
    }
    return serve(config, arguments);
}

/** What the words of \a arguments say to do instead of serving. */
int runCommand(const Arguments &arguments)
{
    const QStringList &words = arguments.operands();
    const QString &command = words.first();
    if (command == u"store")
        return runStoreCommand(arguments);
    if (command == u"token")
        return runTokenCommand(arguments);
    if (command == u"explain")
        return runExplainCommand(arguments);
    if (command == u"types")
        return runTypesCommand(arguments);
    if (command == u"admin")
        return runAdminCommand(arguments);
    if (command == u"key")
        return runKeyCommand(arguments);
    if (command == u"reload")
        return words.size() == 1 ? runReloadCommand(arguments)
                                 : usageError(u"reload: takes no further words"_s);
    if (command == u"check")
        return words.size() == 2 ? check(words[1]) : usageError(u"check: names one file"_s);
    if (words.size() > 1)
        return usageError(u"%1: takes no further words"_s.arg(command));
    if (command == u"defaults")
        return exitCodeOf(print(defaultsYaml()));
    if (command == u"schema")
        return exitCodeOf(print(QJsonDocument(configSchema()).toJson()));
    QStringList names;
    for (const ServerCommand &known : serverCommands())
        names.append(known.name);
    const QString last = names.takeLast();
    return usageError(u"unknown command '%1': there are %2 and %3"_s.arg(command, names.join(u", "_s), last));
}

} // namespace

int runServerCommand(const QStringList &words)
{
    const Syntax syntax = serverSyntax();
    const auto arguments = parseArguments(syntax, words.mid(1));
    if (!arguments)
        return usageError(arguments.error().text());
    if (arguments->isSet(u"help"_s))
        return exitCodeOf(print(helpText(syntax).toUtf8()));
    if (arguments->isSet(u"version"_s))
        return exitCodeOf(print("dialogue-server " + QCoreApplication::applicationVersion().toUtf8() + '\n'));
    if (arguments->isSet(u"health-check"_s)) {
        if (!arguments->operands().isEmpty())
            return usageError(u"--health-check: takes no further words"_s);
        return runHealthCheck(*arguments);
    }
    return arguments->operands().isEmpty() ? serve(*arguments) : runCommand(*arguments);
}

} // namespace dialogue
