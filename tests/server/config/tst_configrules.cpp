#include "server/config/configfile.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

ConfigReport parsed(const QByteArray &text) { return parseConfig(text, u"c.yaml"_s); }

/** The rules of a room with the events `message` and `announcement`. */
ConfigReport withRules(const QByteArray &rules)
{
    return parsed("rooms: {chat: {events: [message, announcement], rules: " + rules + "}}");
}

QString errorOf(const ConfigReport &report)
{
    for (const ConfigIssue &issue : report.issues) {
        if (issue.severity == ConfigIssue::Severity::Error)
            return issue.text();
    }
    return {};
}

Who placed(Who who)
{
    who.place = u"c.yaml:1"_s;
    return who;
}

} // namespace

class TestConfigRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoMay_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Who>("who");
        const auto row
            = [](const char *text, const Who &who) { QTest::newRow(text) << QByteArray(text) << who; };
        row("nobody", {});
        row("authenticated", {Permission::Authenticated});
        row("anyone", {Permission::Anyone});
        row("owner", {.owner = true});
        row("{roles: [editor, admin]}", {.roles = {u"editor"_s, u"admin"_s}});
        row("{roles: editor}", {.roles = {u"editor"_s}});
        row("{users: [ann], owner: true}", {.owner = true, .users = {u"ann"_s}});
        row("{claims: {department: sales}}", {.claims = {{u"department"_s, {u"sales"_s}}}});
        row("{claims: {level: [3, '3', true], /realm/groups: staff}}",
            {.claims = {{u"level"_s, {3, u"3"_s, true}}, {u"/realm/groups"_s, {u"staff"_s}}}});
    }
    void saysWhoMay()
    {
        QFETCH(QByteArray, text);
        QFETCH(Who, who);
        const ConfigReport report
            = withRules("{see: " + text + ", join: " + text + ", history: " + text + ", delete: " + text
                        + ", subscribe: " + text + ", trigger: " + text + "}");
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const RoomRules &rules = report.config->rooms.constFirst().rules;
        for (const std::optional<Who> &read : {rules.see, rules.join, rules.history, rules.deleteRoom,
                                               rules.subscribe.others, rules.trigger.others}) {
            QVERIFY(read);
            QVERIFY(*read == placed(who));
        }
        QVERIFY(rules.subscribe.byEvent.isEmpty() && rules.trigger.byEvent.isEmpty());
    }

    void whatIsNotSaidIsLeftOut()
    {
        const ConfigReport report = withRules("{join: nobody}");
        QVERIFY(report.config->rooms.constFirst().rules == RoomRules{.join = placed({})});
    }

    void saysWhoMayByEvent()
    {
        const ConfigReport report = parsed("rooms:\n"
                                           "  chat:\n"
                                           "    events: [message, announcement]\n"
                                           "    rules:\n"
                                           "      trigger:\n"
                                           "        announcement: {roles: [editor]}\n"
                                           "        '*': authenticated\n");
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const EventRules &trigger = report.config->rooms.constFirst().rules.trigger;
        QCOMPARE(trigger.byEvent.keys(), QStringList{u"announcement"_s});
        QCOMPARE(trigger.byEvent[u"announcement"_s].roles, QStringList{u"editor"_s});
        QCOMPARE(trigger.byEvent[u"announcement"_s].place, u"c.yaml:6"_s);
        QCOMPARE(trigger.others->all, Permission::Authenticated);
        QCOMPARE(trigger.others->place, u"c.yaml:7"_s);
    }

    void saysWhoMayCreateAndWhatThatCarries()
    {
        const ConfigReport report
            = parsed("roomCreation:\n"
                     "  create: {roles: [host]}\n"
                     "  templates:\n"
                     "    game-*: {events: [move], maxSize: 2, rules: {delete: owner}}\n"
                     "    '*': {events: [message]}\n");
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const RoomCreationConfig &creation = report.config->roomCreation;
        QCOMPARE(creation.create.roles, QStringList{u"host"_s});
        QCOMPARE(creation.create.place, u"c.yaml:2"_s);
        QCOMPARE(creation.templates.size(), 2);
        QCOMPARE(creation.templates[0].pattern, u"game-*"_s);
        QCOMPARE(creation.templates[0].room.events.constFirst().name, u"move"_s);
        QCOMPARE(creation.templates[0].room.maxSize, 2);
        QVERIFY(creation.templates[0].room.rules.deleteRoom->owner);
        QCOMPARE(creation.templates[0].room.id, QString());
        QCOMPARE(creation.templates[1].pattern, u"*"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *rules, const char *error) {
            QTest::newRow(rules) << QByteArray(rules) << QString::fromUtf8(error);
        };
        const char *const who
            = "must be nobody, authenticated, anyone, owner, or a map such as {roles: [editor]}, of "
              "roles, users, claims, owner";
        const auto mustBe = [&](const char *rules, const QByteArray &where, const QByteArray &found) {
            row(rules, QByteArray(where + ": " + who + ", not " + found).constData());
        };
        mustBe("{join: all}", "c.yaml:1:63: rooms.chat.rules.join", "\"all\"");
        mustBe("{join: anybody}", "c.yaml:1:63: rooms.chat.rules.join",
               "\"anybody\"; did you mean \"nobody\"?");
        mustBe("{join: [member]}", "c.yaml:1:63: rooms.chat.rules.join",
               "a list; a list is written {roles: [...]} or {users: [...]}");
        mustBe("{join: {}}", "c.yaml:1:63: rooms.chat.rules.join", "a map");
        row("{join: {role: member}}",
            "c.yaml:1:64: rooms.chat.rules.join: has an unknown key 'role'; known here: roles, users, "
            "claims, owner");
        row("{join: {roles: []}}",
            "c.yaml:1:71: rooms.chat.rules.join: 'roles' is empty, which lets nobody; write \"nobody\" where "
            "that is "
            "meant");
        row("{join: {roles: [{a: b}]}}",
            "c.yaml:1:72: rooms.chat.rules.join: 'roles' must be a name, or a list of them, not a map");
        row("{join: {owner: false}}",
            "c.yaml:1:71: rooms.chat.rules.join: 'owner' must be true, or left out, not false");
        row("{join: {claims: sales}}",
            "c.yaml:1:72: rooms.chat.rules.join: 'claims' must be a map such as {department: sales}, not "
            "\"sales\"");
        row("{join: {claims: {a: {b: c}}}}",
            "c.yaml:1:76: rooms.chat.rules.join: 'claims' 'a' must be a value, or a list of them, not a map");
        row("{join: {claims: {a: []}}}",
            "c.yaml:1:76: rooms.chat.rules.join: 'claims' 'a' is empty, and nobody has that; name its "
            "values");
        row("{enter: anyone}",
            "c.yaml:1:57: rooms.chat.rules: unknown key 'enter'; known here: see, join, subscribe, trigger, "
            "history, "
            "delete");
        row("{trigger: {announcment: nobody}}",
            "c.yaml:1:80: rooms.chat.rules.trigger.announcment: \"announcment\" is not an event of this "
            "room; its "
            "events are: message, announcement");
        row("{trigger: {message: {roles: [a], owners: true}}}",
            "c.yaml:1:89: rooms.chat.rules.trigger: 'message' has an unknown key 'owners'; known here: "
            "roles, users, "
            "claims, owner");
        // One of the members of a rule among events is taken for an event.
        row("{trigger: {roles: {roles: [a]}, message: nobody}}",
            "c.yaml:1:74: rooms.chat.rules.trigger.roles: \"roles\" is not an event of this room; its events "
            "are: "
            "message, announcement");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, rules);
        const ConfigReport report = withRules(rules);
        QVERIFY(!report.config);
        QTEST(errorOf(report), "error");
    }

    void saysWhatClientsMaySayInMeta()
    {
        const ConfigReport report = parsed("rooms:\n"
                                           "  chat:\n"
                                           "    events:\n"
                                           "      - {name: a}\n"
                                           "      - {name: b, meta: pass}\n"
                                           "      - {name: c, meta: refuse}\n"
                                           "      - {name: d, meta: {type: object, required: [x]}}\n");
        QVERIFY2(report.config, qPrintable(errorOf(report)));
        const QList<EventDefinition> &events = report.config->rooms.constFirst().events;
        for (const qsizetype taking : {0, 1, 3})
            QVERIFY(events[taking].takesMeta);
        QVERIFY(!events[2].takesMeta);
        for (const qsizetype any : {0, 1})
            QVERIFY(events[any].meta.validate(QJsonObject()));
        QVERIFY(!events[3].meta.validate(QJsonObject()));
        QVERIFY(events[3].meta.validate(QJsonObject{{u"x"_s, 1}}));
        const ConfigReport bad = parsed("rooms: {a: {events: [{name: e, meta: {type: thing}}]}}");
        QVERIFY(!bad.config);
        QVERIFY2(errorOf(bad).contains(u"rooms.a.events[0].meta"_s), qPrintable(errorOf(bad)));
    }

    void saysWhatIsWrongWithTemplates()
    {
        const ConfigReport named = parsed("roomCreation: {templates: {'a*': {events: [e], name: A}}}");
        QVERIFY(!named.config);
        QVERIFY2(errorOf(named).startsWith(u"c.yaml:1:48: roomCreation.templates.a*: unknown key 'name'"_s),
                 qPrintable(errorOf(named)));
        const ConfigReport list = parsed("roomCreation: {templates: [a]}");
        QVERIFY(!list.config);
        QCOMPARE(
            errorOf(list),
            u"c.yaml:1:27: roomCreation.templates: must be a map such as {\"game-*\": {events: [move]}}, not a list"_s);
        const ConfigReport owner = parsed("roomCreation: {create: owner}");
        QVERIFY(!owner.config);
    }

    void warnsWhereNobodyVouchesForRoles()
    {
        const auto warnings = [](const QByteArray &text) {
            QStringList all;
            for (const ConfigIssue &issue : parsed(text).issues)
                all.append(issue.text());
            return all;
        };
        QCOMPARE(warnings("rooms:\n  chat:\n    events: [e]\n    rules: {join: {roles: [a]}}\n"),
                 QStringList{
                     u"c.yaml:4:12: warning: rooms.chat.rules: nobody vouches for users here (auth.jwt): no "
                     "role, user or claim of theirs counts"_s});
        QCOMPARE(warnings("rooms: {chat: {events: [e], rules: {join: anyone, delete: owner}}}"),
                 QStringList());
    }
};

DIALOGUE_TEST(TestConfigRules, QCoreApplication)
#include "tst_configrules.moc"
