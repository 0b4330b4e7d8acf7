#include "server/app/commands.h"

#include "server/app/openfiles.h"
#include "server/app/shutdownsignal.h"
#include "server/config/configfile.h"
#include "server/dialogue.h"

#include <QCommandLineParser>
#include <QCoreApplication>
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
    print(stderr, "dialogue-server: " + message.toUtf8() + "\nTry 'dialogue-server --help'.\n");
    return ExitUsage;
}

/** Prints what is wrong or doubtful in a configuration, a line each. */
void printIssues(const ConfigReport &report)
{
    for (const ConfigIssue &issue : report.issues)
        print(stderr, issue.text().toUtf8() + '\n');
}

int check(const QString &fileName)
{
    const ConfigReport report = loadConfig(fileName);
    printIssues(report);
    if (!report.config)
        return ExitUsage;
    const qsizetype rooms = report.config->rooms.size();
    print(stdout,
          fileName.toUtf8() + ": good, with " + QByteArray::number(rooms)
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
    const int files = raiseOpenFileLimit();
    Dialogue dialogue(config);
    const auto started = dialogue.start();
    if (!started) {
        print(stderr, "dialogue-server: " + started.error().text().toUtf8() + '\n');
        return ExitFailed;
    }
    // People and scripts wait for this line; --port 0 is told here.
    print(stdout, "dialogue-server listens on " + dialogue.url().toString().toUtf8() + '\n');
    if (files < config.limits.maxConnections) {
        print(stderr,
              "dialogue-server: this process may open " + QByteArray::number(files)
                  + " files, fewer than limits.maxConnections; raise it with ulimit -n or LimitNOFILE=\n");
    }
    ShutdownSignal shutdown;
    QObject::connect(&shutdown, &ShutdownSignal::requested, &dialogue, &Dialogue::stop);
    QObject::connect(&dialogue, &Dialogue::stopped, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace

int runServerCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Dialogue's server: rooms and typed, validated events over Socket.IO.\n\n"
                       "Commands:\n"
                       "  check FILE   says what is wrong with a configuration; exit code 2 if anything is\n"
                       "  defaults     prints a configuration with every field, its default and its meaning\n"
                       "  schema       prints the JSON Schema of the configuration\n"
                       "Without a command it serves."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(
        {{QStringLiteral("config"), QStringLiteral("Configuration in YAML or JSON."), QStringLiteral("FILE")},
         {QStringLiteral("host"), QStringLiteral("Address to listen on."), QStringLiteral("H")},
         {QStringLiteral("port"), QStringLiteral("Port to listen on; 0: any."), QStringLiteral("N")},
         {QStringLiteral("workers"), QStringLiteral("Io threads; 0: none besides the thread of the rooms."),
          QStringLiteral("N")}});
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("check, defaults or schema."),
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
        return usageError(
            QStringLiteral("unknown command '%1': there are check, defaults and schema").arg(command));
    }

    ServerConfig config;
    if (parser.isSet(QStringLiteral("config"))) {
        const ConfigReport report = loadConfig(parser.value(QStringLiteral("config")));
        printIssues(report);
        if (!report.config)
            return ExitUsage;
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
    return serve(config);
}

} // namespace dialogue
