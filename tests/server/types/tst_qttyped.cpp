#include "nastytypes.h"
#include "sampletypes.h"

#include "client/roomcontext.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

template <class Event, class Data>
constexpr bool canTrigger = requires(RoomContext &room, const Event &event, const Data &data)
{
    room.trigger(event, data);
};
using MessageEvent = TypedEvent<rooms::ChatMessage>;
static_assert(canTrigger<MessageEvent, rooms::ChatMessage>);
static_assert(!canTrigger<MessageEvent, rooms::ChatTyping>);
static_assert(!canTrigger<MessageEvent, QString>);

template <class T>
constexpr bool hasText = requires(T data)
{
    T{.text = QString()};
    data.text = QString();
};
template <class T>
constexpr bool hasMessage = requires(T data)
{
    data.message = QString();
};
template <class T>
constexpr bool hasNumberAsText = requires(T data)
{
    T{.text = 1};
};
static_assert(hasText<rooms::ChatMessage>);
static_assert(!hasMessage<rooms::ChatMessage>);
static_assert(!hasNumberAsText<rooms::ChatMessage>);

} // namespace

/** What `dialogue-server types --qt` wrote for the sample configuration and for a nasty one, compiled. */
class TestQtTyped : public QObject
{
    Q_OBJECT

    template <class T>
    static void comesThrough(const T &data, const QJsonValue &json)
    {
        QCOMPARE(toJson(data), json);
        const Result<T> read = fromJson<T>(json);
        QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
        QCOMPARE(toJson(*read), json);
    }

private Q_SLOTS:
    void isTheDataOfAnEvent()
    {
        QCOMPARE(rooms::chatMessage().name(), u"message"_s);
        QVERIFY(rooms::chatMessage().definition().schema.check());
        QCOMPARE(rooms::chatRoom(), u"chat"_s);
        comesThrough(rooms::ChatMessage{.text = u"Hello"_s}, QJsonObject{{u"text"_s, u"Hello"_s}});
        comesThrough(rooms::ChatMessage{.senderId = u"ann"_s, .text = u"Hello"_s},
                     QJsonObject{{u"text"_s, u"Hello"_s}, {u"senderId"_s, u"ann"_s}});
        QVERIFY(!fromJson<rooms::ChatMessage>(QJsonObject{{u"senderId"_s, u"ann"_s}}));
    }

    void hasTheNamesOfTheConfiguration()
    {
        QCOMPARE(rooms::aBX().name(), u"x"_s);
        QCOMPARE(rooms::exportTypeEvil2().name(), u"\"] }\\"_s);
    }

    void hasMembersOfEveryKind()
    {
        using Members = rooms::ShapesMembers;
        Members members{.QString_ = u"q"_s,
                        .Text_ = u"t"_s,
                        .anything = QJsonValue(1),
                        .at = {.x = 1.5},
                        .class_ = u"c"_s,
                        .class_2 = u"d"_s,
                        .default_ = 2.5,
                        .inner = rooms::ShapesMembersInner{.deep = true},
                        .other_ = 7,
                        .path = QList<rooms::At>{{.x = 2}},
                        .rooms = true,
                        .some = QJsonArray{1},
                        .state = Members::State::closed,
                        .states = QList<Members::States>{Members::States::open}};
        comesThrough(members,
                     QJsonObject{{u"QString"_s, u"q"_s},
                                 {u"Text"_s, u"t"_s},
                                 {u"anything"_s, 1},
                                 {u"at"_s, QJsonObject{{u"x"_s, 1.5}}},
                                 {u"class"_s, u"c"_s},
                                 {u"class_"_s, u"d"_s},
                                 {u"default"_s, 2.5},
                                 {u"inner"_s, QJsonObject{{u"deep"_s, true}}},
                                 {u"other"_s, 7},
                                 {u"path"_s, QJsonArray{QJsonObject{{u"x"_s, 2}}}},
                                 {u"rooms"_s, true},
                                 {u"some"_s, QJsonArray{1}},
                                 {u"state"_s, u"closed"_s},
                                 {u"states"_s, QJsonArray{u"open"_s}}});
        QVERIFY(rooms::shapesMembers().definition().schema.check());
        QCOMPARE(members, members);
    }

    void isWhatAClientMaySayInMeta()
    {
        comesThrough(rooms::GameMoveMeta{.clock = 3}, QJsonObject{{u"clock"_s, 3}});
        const rooms::ShapesMapOfMetaMeta any{{u"a"_s, u"b"_s}};
        QCOMPARE(any.size(), 1);
    }

    void mayHoldItself()
    {
        rooms::Node tree{.children = QList<rooms::Node>{{.value = 2}}, .value = 1};
        comesThrough(tree,
                     QJsonObject{{u"value"_s, 1}, {u"children"_s, QJsonArray{QJsonObject{{u"value"_s, 2}}}}});
        QVERIFY(!(tree == rooms::Node{.value = 1}));
    }
};

DIALOGUE_TEST(TestQtTyped, QCoreApplication)
#include "tst_qttyped.moc"
