#include "server/rules/explain.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestExplain : public QObject
{
    Q_OBJECT

    static Who placed(Who who, const QString &place)
    {
        who.place = place;
        return who;
    }
    static QStringList linesOf(const RoomConfig &room, const Identity &identity, const Who &create = {})
    {
        QStringList lines;
        for (const RuleVerdict &each : explainRules(room, create, identity)) {
            lines.append(QStringList{each.action, each.event, each.isAllowed ? u"yes"_s : u"no"_s, each.rule,
                                     each.place}
                             .join(u'|'));
        }
        return lines;
    }

private Q_SLOTS:
    void saysOfEachActionWhatDecides()
    {
        RoomConfig room{.id = u"news"_s,
                        .name = u"News"_s,
                        .events = {defineEvent(u"message"_s), defineEvent(u"note"_s)}};
        room.rules = {.join = placed({Permission::Authenticated}, u"c:1"_s),
                      .subscribe = {.byEvent = {{u"note"_s, placed({.roles = {u"editor"_s}}, u"c:2"_s)}}},
                      .trigger = {.others = placed({}, u"c:3"_s)},
                      .history = placed({.roles = {u"member"_s}}, u"c:4"_s)};
        const Identity member{.userId = u"ann"_s, .roles = {u"member"_s}};
        QCOMPARE(
            linesOf(room, member, placed({.users = {u"ann"_s}}, u"c:9"_s)),
            QStringList({u"see||yes|rules.join|c:1"_s, u"join||yes|rules.join|c:1"_s,
                         u"subscribe|message|yes||"_s, u"subscribe|note|no|rules.subscribe.note|c:2"_s,
                         u"trigger|message|no|rules.trigger|c:3"_s, u"trigger|note|no|rules.trigger|c:3"_s,
                         u"history|message|yes|rules.history|c:4"_s,
                         u"history|note|no|rules.subscribe.note|c:2"_s, u"delete||no||"_s,
                         u"create||yes|roomCreation.create|c:9"_s}));
    }

    void whoMayNotJoinMayDoNothingInIt()
    {
        RoomConfig room{.id = u"news"_s, .name = u"News"_s, .events = {defineEvent(u"message"_s)}};
        room.rules = {.join = placed({.roles = {u"member"_s}}, u"c:1"_s),
                      .trigger = {.others = placed({Permission::Anyone}, u"c:2"_s)},
                      .deleteRoom = placed({Permission::Anyone}, u"c:3"_s)};
        QCOMPARE(linesOf(room, {.userId = u"ann"_s}),
                 QStringList({u"see||no|rules.join|c:1"_s, u"join||no|rules.join|c:1"_s,
                              u"subscribe|message|no|rules.join|c:1"_s,
                              u"trigger|message|no|rules.join|c:1"_s, u"history|message|no|rules.join|c:1"_s,
                              u"delete||yes|rules.delete|c:3"_s, u"create||no|roomCreation.create|"_s}));
    }

    void anOpenRoomHasThoseItNamesAndAnyOther()
    {
        RoomConfig room{.id = u"news"_s, .name = u"News"_s};
        room.rules = {.trigger = {.others = Who{Permission::Anyone}, .byEvent = {{u"wave"_s, Who{}}}}};
        const QStringList lines = linesOf(room, {.userId = u"ann"_s});
        QVERIFY(lines.contains(u"trigger|wave|no|rules.trigger.wave|"_s));
        QVERIFY(lines.contains(u"trigger|*|yes|rules.trigger.*|"_s));
        QVERIFY(lines.contains(u"subscribe|*|yes||"_s));
    }

    void theOwnerMayDeleteItsRoom()
    {
        const RoomConfig room{.id = u"news"_s, .name = u"News"_s, .createdById = u"ann"_s};
        QVERIFY(linesOf(room, {.userId = u"ann"_s}).contains(u"delete||yes||"_s));
        QVERIFY(linesOf(room, {.userId = u"bob"_s}).contains(u"delete||no||"_s));
    }
};

DIALOGUE_TEST(TestExplain, QCoreApplication)
#include "tst_explain.moc"
