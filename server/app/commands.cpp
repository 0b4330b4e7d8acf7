#include "server/app/commands.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/app/loglevels.h"
#include "server/app/logwriter.h"
#include "server/app/openfiles.h"
#include "server/app/options.h"
#include "server/app/processsignals.h"
#include "server/config/configfile.h"
#include "server/dialogue.h"
#include "server/net/handedsockets.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>

namespace dialogue {

namespace {

void print(FILE *to, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), to);
    std::fflush(to);
}

int usageError(const QString &message)
{
    print(stderr, "dialogue-server: " + printable(message).toUtf8() + "\nTry 'dialogue-server --help'.\n");
    return ExitUsage;
}

/** Prints what is wrong or doubtful in a configuration, a line each. */
void printIssues(const ConfigReport &report)
{
    for (const ConfigIssue &issue : report.issues)
        print(stderr, printable(issue.text()).toUtf8() + '\n');
}

/** "-" is the standard input; the files that such a configuration names are sought from where we are. */
QString shownName(const QString &fileName) { return fileName == u"-" ? QStringLiteral("stdin") : fileName; }

ConfigReport configFrom(const QString &fileName)
{
    QFile input;
    if (fileName == u"-" && input.open(stdin, QIODevice::ReadOnly))
        return readConfig(input, shownName(fileName));
    return loadConfig(fileName);
}

int check(const QString &fileName)
{
    const ConfigReport report = configFrom(fileName);
    printIssues(report);
    if (!report.config)
        return ExitUsage;
    const qsizetype rooms = report.config->rooms.size();
    print(stdout,
          printable(shownName(fileName)).toUtf8() + ": good, with " + QByteArray::number(rooms)
              + (rooms == 1 ? " room\n" : " rooms\n"));
    return ExitOk;
}

/** A number within its range, or a text that says what is wrong with it. */
std::optional<int> number(const QCommandLineParser &parser, const QString &option, int least, int most,
                          QString &wrong)
{
    bool good = false;
    const int value = parser.value(option).toInt(&good);
    if (good && value >= least && value <= most)
        return value;
    wrong = QStringLiteral("--%1: must be a whole number from %2 to %3, not '%4'")
                .arg(option)
                .arg(least)
                .arg(most)
                .arg(parser.value(option));
    return std::nullopt;
}

int serve(const ServerConfig &config)
{
    ProcessSignals signals;
    const int files = raiseOpenFileLimit();
    Dialogue dialogue(config);
    // People and scripts wait for this line; --port 0 is told here.
    QObject::connect(&dialogue, &Dialogue::started, &dialogue, [&dialogue] {
        const QList<QUrl> urls = dialogue.urls();
        for (const QUrl &url : urls)
            print(stdout, "dialogue-server listens on " + url.toString().toUtf8() + '\n');
    });
    QObject::connect(&signals, &ProcessSignals::stopRequested, &dialogue, &Dialogue::stop);
    QObject::connect(&signals, &ProcessSignals::hungUp, &dialogue, [] {
        qCInfo(lcServer)
            << "SIGHUP: nothing is read again while it runs; restart it to change its configuration";
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
int serve(const QCommandLineParser &parser)
{
    const Result<QString> rules = logFilterRules(parser.value(QStringLiteral("log-level")));
    if (!rules)
        return usageError(QStringLiteral("--log-level: ") + rules.error().message);
    QLoggingCategory::setFilterRules(*rules);

    ServerConfig config;
    ConfigReport report;
    if (parser.isSet(QStringLiteral("config"))) {
        report = configFrom(parser.value(QStringLiteral("config")));
        if (!report.config) {
            printIssues(report);
            return ExitUsage;
        }
        config = *report.config;
    }
    QString wrong;
    if (parser.isSet(QStringLiteral("host")))
        config.host = parser.value(QStringLiteral("host"));
    if (parser.isSet(QStringLiteral("port"))) {
        if (const auto port = number(parser, QStringLiteral("port"), 0, 65535, wrong))
            config.port = static_cast<quint16>(*port);
    }
    if (parser.isSet(QStringLiteral("workers"))) {
        if (const auto workers = number(parser, QStringLiteral("workers"), 0, 64, wrong))
            config.workers = *workers;
    }
    if (!wrong.isEmpty())
        return usageError(wrong);
    if (areSocketsHandedOver())
        config.host = HandedOver;

    const LogWriter log;
    for (ConfigIssue issue : std::as_const(report.issues)) {
        issue.severity = ConfigIssue::Severity::Error; // The line says that it is a warning.
        qCWarning(lcServer).noquote() << printable(issue.text());
    }
    return serve(config);
}

/** What --help says before the options. */
QString description()
{
    QString text = serverSummary() + QStringLiteral("\n\nCommands:\n");
    for (const ServerCommand &command : serverCommands()) {
        const QString words = QStringLiteral("%1 %2").arg(command.name, command.operand);
        text += QStringLiteral("  %1%2\n").arg(words.leftJustified(13), command.summary);
    }
    return text
        + QStringLiteral("Without a command it serves. FILE may be -, the standard input.\n\nExit codes: %1.")
              .arg(serverExitCodes());
}

/** "check, defaults or schema" */
QString commandNames(const QString &lastBut)
{
    QStringList names;
    for (const ServerCommand &command : serverCommands())
        names.append(command.name);
    const QString last = names.takeLast();
    return names.join(QStringLiteral(", ")) + lastBut + last;
}

} // namespace

int runServerCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description());
    parser.addOptions(serverOptions());
    parser.addPositionalArgument(QStringLiteral("command"), commandNames(QStringLiteral(" or ")) + u'.',
                                 QStringLiteral("[command]"));
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(QStringLiteral("version"))) {
        print(stdout, "dialogue-server " + QCoreApplication::applicationVersion().toUtf8() + '\n');
        return ExitOk;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        print(stdout, parser.helpText().toUtf8());
        return ExitOk;
    }

    const QStringList words = parser.positionalArguments();
    if (!words.isEmpty()) {
        const QString &command = words.first();
        if (command == u"check")
            return words.size() == 2 ? check(words[1]) : usageError(QStringLiteral("check: names one file"));
        if (words.size() > 1)
            return usageError(QStringLiteral("%1: takes no further words").arg(command));
        if (command == u"defaults") {
            print(stdout, defaultsYaml());
            return ExitOk;
        }
        if (command == u"schema") {
            print(stdout, QJsonDocument(configSchema()).toJson());
            return ExitOk;
        }
        return usageError(QStringLiteral("unknown command '%1': there are %2")
                              .arg(command, commandNames(QStringLiteral(" and "))));
    }

    return serve(parser);
}

} // namespace dialogue
