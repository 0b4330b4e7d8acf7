#include "server/rules/ruleset.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

const Identity Ann{.userId = u"ann"_s,
                   .claims = {{u"department"_s, u"sales"_s},
                              {u"level"_s, 3},
                              {u"groups"_s, QJsonArray{u"blue"_s, u"red"_s}},
                              {u"realm"_s, QJsonObject{{u"groups"_s, QJsonArray{u"staff"_s}}}}},
                   .roles = {u"member"_s, u"editor"_s}};
const Identity Bob{.userId = u"bob"_s};

/** Who says to be Ann. */
Identity claimant()
{
    Identity identity = Ann;
    identity.verified = false;
    return identity;
}

RoomConfig room(const RoomRules &rules, const QStringList &events = {u"message"_s, u"announcement"_s})
{
    RoomConfig config{.id = u"chat"_s, .name = u"Chat"_s, .rules = rules};
    for (const QString &event : events)
        config.events.append(defineEvent(event));
    return config;
}

const Who Editors{.roles = {u"editor"_s}};
const Who Nobody{};

} // namespace

class TestRuleSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOfItsAlternativesIsEnough_data()
    {
        QTest::addColumn<Who>("who");
        QTest::addColumn<bool>("ann");
        QTest::addColumn<bool>("bob");
        QTest::addColumn<bool>("claimant"); // whom nobody vouches for
        QTest::newRow("nobody") << Who{} << false << false << false;
        QTest::newRow("anyone") << Who{Permission::Anyone} << true << true << true;
        QTest::newRow("authenticated") << Who{Permission::Authenticated} << true << true << false;
        QTest::newRow("a role") << Who{.roles = {u"editor"_s}} << true << false << false;
        QTest::newRow("one of two roles")
            << Who{.roles = {u"admin"_s, u"member"_s}} << true << false << false;
        QTest::newRow("another role") << Who{.roles = {u"admin"_s}} << false << false << false;
        QTest::newRow("a role in other letters") << Who{.roles = {u"Editor"_s}} << false << false << false;
        QTest::newRow("a user") << Who{.users = {u"ann"_s}} << true << false << false;
        QTest::newRow("a role, or a user")
            << Who{.roles = {u"admin"_s}, .users = {u"bob"_s}} << false << true << false;
        const auto claim = [](const QString &name, const QJsonArray &values) {
            return Who{.claims = {{name, values}}};
        };
        QTest::newRow("a claim") << claim(u"department"_s, {u"sales"_s}) << true << false << false;
        QTest::newRow("a claim of two values")
            << claim(u"department"_s, {u"it"_s, u"sales"_s}) << true << false << false;
        QTest::newRow("a claim of another value")
            << claim(u"department"_s, {u"it"_s}) << false << false << false;
        QTest::newRow("a number") << claim(u"level"_s, {3}) << true << false << false;
        QTest::newRow("a number as a text") << claim(u"level"_s, {u"3"_s}) << false << false << false;
        QTest::newRow("one of a list") << claim(u"groups"_s, {u"red"_s}) << true << false << false;
        QTest::newRow("none of a list") << claim(u"groups"_s, {u"green"_s}) << false << false << false;
        QTest::newRow("a path") << claim(u"/realm/groups"_s, {u"staff"_s}) << true << false << false;
        QTest::newRow("a path to nowhere") << claim(u"/realm/x/y"_s, {u"staff"_s}) << false << false << false;
        QTest::newRow("a claim that is not there")
            << claim(u"absent"_s, {u"sales"_s}) << false << false << false;
        QTest::newRow("nothing, where there is no claim")
            << claim(u"absent"_s, {QJsonValue()}) << false << false << false;
        QTest::newRow("one of two claims")
            << Who{.claims = {{u"department"_s, {u"it"_s}}, {u"level"_s, {3}}}} << true << false << false;
        QTest::newRow("the owner") << Who{.owner = true} << false << false << false;
    }
    void oneOfItsAlternativesIsEnough()
    {
        QFETCH(Who, who);
        QTEST(allows(who, {Ann}), "ann");
        QTEST(allows(who, {Bob}), "bob");
        QTEST(allows(who, {claimant()}), "claimant");
    }

    void theOwnerIsWhoCreatedTheRoom()
    {
        const Who owner{.owner = true};
        QVERIFY(allows(owner, {Bob, true}));
        QVERIFY(!allows(owner, {Bob, false}));
        QVERIFY(!allows(Editors, {Bob, true}));
    }

    void whatIsLeftOutIsForWhoIsThere()
    {
        const RoomConfig config = room({.see = Who{Permission::Anyone}});
        const RuleSet rules(config);
        for (const RoomAction action :
             {RoomAction::Join, RoomAction::Subscribe, RoomAction::Trigger, RoomAction::History})
            QVERIFY(rules.allows(action, {Bob}, u"message"_s));
        QVERIFY(!rules.allows(RoomAction::Delete, {Bob}));
        QVERIFY(rules.allows(RoomAction::Delete, {Bob, true}));
        QVERIFY(!rules.guardsEvents());
    }

    void aRuleToDeleteTakesThePlaceOfTheOwner()
    {
        const RoomConfig config = room({.deleteRoom = Editors});
        const RuleSet rules(config);
        QVERIFY(rules.allows(RoomAction::Delete, {Ann}));
        QVERIFY(!rules.allows(RoomAction::Delete, {Bob, true}));
    }

    void isSeenByWhoMayJoinWhereNothingElseIsSaid()
    {
        const RoomConfig closed = room({.join = Editors});
        QVERIFY(RuleSet(closed).allows(RoomAction::See, {Ann}));
        QVERIFY(!RuleSet(closed).allows(RoomAction::See, {Bob}));
        QVERIFY(!RuleSet(closed).isSeenByAll());
        const RoomConfig shown = room({.see = Who{Permission::Anyone}, .join = Editors});
        QVERIFY(RuleSet(shown).allows(RoomAction::See, {Bob}));
        QVERIFY(!RuleSet(shown).allows(RoomAction::Join, {Bob}));
        const RoomConfig hidden = room({.see = Nobody});
        QVERIFY(!RuleSet(hidden).allows(RoomAction::See, {Ann}));
        QVERIFY(RuleSet(hidden).allows(RoomAction::Join, {Ann}));
        const RoomConfig open = room({.history = Editors});
        QVERIFY(RuleSet(open).isSeenByAll());
    }

    void anEventHasTheRuleOfItsNameElseThatOfTheOthers()
    {
        const RoomConfig config
            = room({.trigger = {.others = Nobody, .byEvent = {{u"announcement"_s, Editors}}}});
        const RuleSet rules(config);
        QVERIFY(rules.allows(RoomAction::Trigger, {Ann}, u"announcement"_s));
        QVERIFY(!rules.allows(RoomAction::Trigger, {Bob}, u"announcement"_s));
        QVERIFY(!rules.allows(RoomAction::Trigger, {Ann}, u"message"_s));
        QVERIFY(!rules.allows(RoomAction::Trigger, {Ann}, u"anything"_s));
        // The same, by their places.
        QVERIFY(!rules.allowsTrigger({Ann}, config.events.at(0)));
        QVERIFY(rules.allowsTrigger({Ann}, config.events.at(1)));
        QVERIFY(!rules.allowsTrigger({Bob}, config.events.at(1)));
        const RoomConfig other = room({.trigger = {.byEvent = {{u"announcement"_s, Editors}}}});
        QVERIFY(RuleSet(other).allows(RoomAction::Trigger, {Bob}, u"message"_s));
        QVERIFY(RuleSet(other).allowsTrigger({Bob}, other.events.at(0)));
    }

    void historyOfAnEventIsForWhoMaySubscribeToIt()
    {
        const RoomConfig config = room({.subscribe = {.byEvent = {{u"announcement"_s, Editors}}},
                                        .history = Who{Permission::Authenticated}});
        const RuleSet rules(config);
        QVERIFY(rules.allows(RoomAction::History, {Bob}));
        QVERIFY(rules.allows(RoomAction::History, {Bob}, u"message"_s));
        QVERIFY(!rules.allows(RoomAction::History, {Bob}, u"announcement"_s));
        QVERIFY(rules.allows(RoomAction::History, {Ann}, u"announcement"_s));
        QVERIFY(!rules.allows(RoomAction::History, {claimant()}));
    }

    void everythingIsWhatOneMayHave_data()
    {
        QTest::addColumn<EventRules>("rules");
        QTest::addColumn<QStringList>("ann");
        QTest::addColumn<QStringList>("bob");
        QTest::addColumn<QStringList>("guarded");
        QTest::newRow("no rules") << EventRules{} << QStringList{u"*"_s} << QStringList{u"*"_s}
                                  << QStringList();
        QTest::newRow("one event") << EventRules{.byEvent = {{u"announcement"_s, Editors}}}
                                   << QStringList{u"*"_s, u"announcement"_s} << QStringList{u"*"_s}
                                   << QStringList{u"announcement"_s};
        QTest::newRow("one event and no other")
            << EventRules{.others = Nobody, .byEvent = {{u"announcement"_s, Editors}}}
            << QStringList{u"announcement"_s} << QStringList() << QStringList{u"announcement"_s};
        QTest::newRow("all alike") << EventRules{.others = Editors} << QStringList{u"*"_s} << QStringList()
                                   << QStringList();
        QTest::newRow("two") << EventRules{.byEvent = {{u"b"_s, Editors}, {u"!"_s, Editors}}}
                             << QStringList{u"!"_s, u"*"_s, u"b"_s} << QStringList{u"*"_s}
                             << QStringList{u"!"_s, u"b"_s};
    }
    void everythingIsWhatOneMayHave()
    {
        QFETCH(EventRules, rules);
        QFETCH(QStringList, bob);
        const RoomConfig config = room({.subscribe = rules}, {u"announcement"_s, u"b"_s, u"!"_s});
        const RuleSet set(config);
        QTEST(set.everythingFor({Ann}), "ann");
        QCOMPARE(set.everythingFor({Bob}), bob);
        QTEST(set.guarded(), "guarded");
        QCOMPARE(set.allows(RoomAction::Subscribe, {Bob}, u"*"_s), !bob.isEmpty());
        QVERIFY(set.allows(RoomAction::Subscribe, {Ann}, u"*"_s));
    }

    void saysWhichRuleDecides()
    {
        Who placed = Editors;
        placed.place = u"chat.yaml:12"_s;
        const RoomConfig config
            = room({.join = placed, .trigger = {.byEvent = {{u"announcement"_s, Editors}}}});
        const RuleSet rules(config);
        const StatedRule see = rules.ruleOf(RoomAction::See);
        QCOMPARE(see.name, u"rules.join"_s);
        QCOMPARE(see.who->place, u"chat.yaml:12"_s);
        QCOMPARE(rules.ruleOf(RoomAction::Trigger, u"announcement"_s).name, u"rules.trigger.announcement"_s);
        QCOMPARE(rules.ruleOf(RoomAction::Trigger, u"message"_s).name, u"rules.trigger.*"_s);
        QVERIFY(!rules.ruleOf(RoomAction::Trigger, u"message"_s).who);
        QCOMPARE(rules.ruleOf(RoomAction::Subscribe, u"message"_s).name, u"rules.subscribe"_s);
        QVERIFY(!rules.ruleOf(RoomAction::Delete).who);
    }
};

DIALOGUE_TEST(TestRuleSet, QCoreApplication)
#include "tst_ruleset.moc"
