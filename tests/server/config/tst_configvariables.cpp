#include "server/config/configfile.h"

#include "testclasses.h"

#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** Of the environment, for as long as it lives. */
class Variables
{
public:
    explicit Variables(const QHash<QByteArray, QByteArray> &values)
        : m_values(values)
    {
        for (auto each = values.begin(); each != values.end(); ++each)
            qputenv(each.key().constData(), each.value());
    }
    ~Variables()
    {
        for (auto each = m_values.begin(); each != m_values.end(); ++each)
            qunsetenv(each.key().constData());
    }
    Q_DISABLE_COPY_MOVE(Variables)

private:
    QHash<QByteArray, QByteArray> m_values;
};

ServerConfig read(const QByteArray &text, const QString &name = u"c.yaml"_s)
{
    const ConfigReport report = parseConfig(text, name);
    if (!report.config)
        qFatal("%s", qPrintable(report.issues.constFirst().text()));
    return *report.config;
}

QStringList issuesOf(const QByteArray &text)
{
    QStringList texts;
    for (const ConfigIssue &issue : parseConfig(text, u"c.yaml"_s).issues)
        texts.append(issue.text());
    return texts;
}

} // namespace

/** `${NAME}` in the values of a configuration. */
class TestConfigVariables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standForWhatTheEnvironmentHolds()
    {
        const Variables set({{"DIALOGUE_T_PORT", "8080"},
                             {"DIALOGUE_T_ON", "true"},
                             {"DIALOGUE_T_EMPTY", ""},
                             {"DIALOGUE_T_NAME", "Ann's ${DIALOGUE_T_PORT} \"room\" # 1"}});
        const ServerConfig config
            = read("port: ${DIALOGUE_T_PORT}\n"
                   "demo: \"${DIALOGUE_T_ON}\"\n"
                   "host: ${DIALOGUE_T_UNSET:-127.0.0.2}\n"
                   "workers: ${DIALOGUE_T_EMPTY:-3}\n"
                   "limits: {headerTimeout: \"${DIALOGUE_T_UNSET:-5}s\"}\n"
                   "allowedHosts: [\"a${DIALOGUE_T_PORT}.example.org\", b.example.org]\n"
                   "rooms:\n"
                   "  chat:\n"
                   "    name: ${DIALOGUE_T_NAME}\n"
                   "    description: <${DIALOGUE_T_EMPTY}${DIALOGUE_T_UNSET:-}>\n"
                   "    events: [\"e${DIALOGUE_T_PORT}\"]\n");
        QCOMPARE(config.port, 8080);
        QVERIFY(config.demo);
        QCOMPARE(config.host, u"127.0.0.2"_s);
        QCOMPARE(config.workers, 3);
        QCOMPARE(config.limits.headerTimeout, std::chrono::milliseconds(5000));
        QCOMPARE(config.allowedHosts, QStringList({u"a8080.example.org"_s, u"b.example.org"_s}));
        // What is put in is neither YAML nor has it variables.
        QCOMPARE(config.rooms.first().name, u"Ann's ${DIALOGUE_T_PORT} \"room\" # 1"_s);
        QCOMPARE(config.rooms.first().description, u"<>"_s);
        QCOMPARE(config.rooms.first().events.first().name, u"e8080"_s);
    }

    void areNumbersInJsonToo()
    {
        const Variables set({{"DIALOGUE_T_PORT", "8080"}});
        const ServerConfig config = read(
            R"({"port": "${DIALOGUE_T_PORT}", "rooms": {"chat": {"events": ["message"]}}})", u"c.json"_s);
        QCOMPARE(config.port, 8080);
    }

    void areWrittenWithTwoDollarsWhereTheTextIsMeant()
    {
        const ServerConfig config
            = read("rooms: {chat: {events: [message], name: 'a $5 $$ $${B} $$${C} $'}}");
        QCOMPARE(config.rooms.first().name, u"a $5 $$ ${B} $${C} $"_s);
    }

    void areThereInSchemasOfTheConfigurationAndNotInThoseOfFiles()
    {
        const Variables set({{"DIALOGUE_T_WORD", "hello"}});
        const QTemporaryDir folder;
        const QByteArray schema = "{\"const\": \"${DIALOGUE_T_WORD}\"}";
        QFile file(folder.filePath(u"schema.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(schema) == schema.size());
        file.close();
        const ServerConfig config = read("rooms: {chat: {events: [{name: here, schema: " + schema
                                             + "}, {name: there, schema: schema.json}]}}",
                                         folder.filePath(u"c.yaml"_s));
        const QList<EventDefinition> &events = config.rooms.first().events;
        QVERIFY(events[0].schema.validate(u"hello"_s));
        QVERIFY(!events[1].schema.validate(u"hello"_s));
        QVERIFY(events[1].schema.validate(u"${DIALOGUE_T_WORD}"_s));
    }

    void areToldWhereTheyAreWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const QString &error) {
            QTest::newRow(name) << text << error;
        };
        row("unset", "demo: true\nrooms:\n  chat:\n    name: ${DIALOGUE_T_UNSET}\n    events: [e]\n",
            u"c.yaml:4:11: rooms.chat.name: the environment has no variable DIALOGUE_T_UNSET; set it, or "
            u"write "
            "${DIALOGUE_T_UNSET:-otherwise}"_s);
        const QString form = u"has \"${\" with no variable behind it: that is ${NAME}, or ${NAME:-otherwise} "
                             "with none within; where the text is meant, write \"$${\""_s;
        row("not closed", "rooms: [{id: chat, name: 'a ${B', events: [e]}]",
            u"c.yaml:1:26: rooms[0].name: "_s + form);
        row("no name", "host: ${}", u"c.yaml:1:7: host: "_s + form);
        row("a name with a dash", "host: ${A-B}", u"c.yaml:1:7: host: "_s + form);
        row("one in another", "host: ${A:-${B}}", u"c.yaml:1:7: host: "_s + form);
        row("in a key", "rooms:\n  '${A}': {events: [e]}\n",
            u"c.yaml:2:3: rooms: the key '${A}' has a variable in it; variables stand in values alone"_s);
        row("not UTF-8", "host: ${DIALOGUE_T_LATIN}",
            u"c.yaml:1:7: host: the environment's variable DIALOGUE_T_LATIN is not UTF-8"_s);
        row("too large", "rooms: {chat: {events: [e], name: '${DIALOGUE_T_LARGE}'}}",
            u"c.yaml:1:35: rooms.chat.name: is too large once the environment is filled in: a value has "
            u"65536 "
            "characters at most, all of them together 4194304"_s);
    }
    void areToldWhereTheyAreWrong()
    {
        QFETCH(QByteArray, text);
        const Variables set({{"DIALOGUE_T_LATIN", "caf\xe9"}, {"DIALOGUE_T_LARGE", QByteArray(65537, 'x')}});
        QCOMPARE(issuesOf(text).size(), 1);
        QTEST(issuesOf(text).first(), "error");
    }

    void doNotGrowWithoutEnd()
    {
        const Variables set({{"DIALOGUE_T_LARGE", QByteArray(60'000, 'x')}});
        QByteArray rooms = "rooms:\n";
        for (int i = 0; i < 80; ++i)
            rooms += "  r" + QByteArray::number(i) + ": {events: [e], description: '${DIALOGUE_T_LARGE}'}\n";
        QVERIFY(issuesOf(rooms).constFirst().contains(u"is too large once the environment is filled in"_s));
    }

    void areNeverShown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const QString &error) {
            QTest::newRow(name) << text << error;
        };
        row("a number", "port: ${DIALOGUE_T_SECRET}",
            u"c.yaml:1:7: port: must be a whole number from 0 to 65535, not what \"${DIALOGUE_T_SECRET}\" "
            "stands for"_s);
        row("a short one", "port: ${DIALOGUE_T_SHORT}",
            u"c.yaml:1:7: port: must be a whole number from 0 to 65535, not what \"${DIALOGUE_T_SHORT}\" "
            "stands for"_s);
        row("what a check would repeat", "host: ${DIALOGUE_T_SHORT}",
            u"c.yaml:1:7: host: must be an address such as \"127.0.0.1\", not what \"${DIALOGUE_T_SHORT}\" "
            "stands for"_s);
        row("an item of a list", "cors: {origins: ['https://${DIALOGUE_T_SHORT}/x']}",
            u"c.yaml:1:18: cors.origins: must be an origin such as \"https://app.example.org\", without a "
            "path, or \"*\", not what \"https://${DIALOGUE_T_SHORT}/x\" stands for"_s);
        row("an id that stands twice",
            "rooms: [{id: '${DIALOGUE_T_SECRET}', events: [e]}, {id: '${DIALOGUE_T_SECRET}', events: [e]}]",
            u"c.yaml:1:57: rooms[1]: another room has the id \"${DIALOGUE_T_SECRET}\" already"_s);
        row("what a warning repeats", "rooms: {chat: {events: [e], createdById: '${DIALOGUE_T_SECRET}'}}",
            u"c.yaml:1:42: warning: rooms.chat.createdById: nobody vouches for user ids here (auth.jwt): "
            "whoever says to be \"${DIALOGUE_T_SECRET}\" may delete the room"_s);
    }
    void areNeverShown()
    {
        QFETCH(QByteArray, text);
        const Variables set({{"DIALOGUE_T_SECRET", "correct horse battery"}, {"DIALOGUE_T_SHORT", "tr0ub4"}});
        const QStringList issues = issuesOf(text);
        QVERIFY(!issues.isEmpty());
        QTEST(issues.last(), "error");
        QVERIFY(!issues.join(u'\n').contains(u"horse"_s));
        QVERIFY(!issues.join(u'\n').contains(u"tr0ub"_s));
    }
};

DIALOGUE_TEST(TestConfigVariables, QCoreApplication)
#include "tst_configvariables.moc"
