#include "core/room/roomconfig.h"
#include "payloads.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

#include <functional>
#include <string>

using namespace Qt::StringLiterals;
using namespace dialogue;

template <>
struct dialogue::JsonCodec<Money>
{
    static Schema schema() { return Schema::string().pattern(u"^[0-9]+\\.[0-9]{2}$"_s); }
    static QJsonValue toJson(const Money &money)
    {
        return u"%1.%2"_s.arg(money.cents / 100).arg(money.cents % 100, 2, 10, QChar(u'0'));
    }
    static Result<Money> fromJson(const QJsonValue &value)
    {
        if (const Result<void> checked = schema().validate(value); !checked)
            return checked.error();
        return Money{value.toString().remove(u'.').toLongLong()};
    }
};

// What is no payload does not compile.
static_assert(EventPayload<ChatMessage>);
static_assert(EventPayload<QList<ChatMessage>>);
static_assert(EventPayload<Order::State>);
static_assert(EventPayload<QString> && EventPayload<int> && EventPayload<QJsonObject>);
static_assert(EventPayload<Money>);
static_assert(!EventPayload<QObject>);
static_assert(!EventPayload<void *>);
static_assert(!EventPayload<std::string>);
static_assert(!EventPayload<QByteArray>);
static_assert(!std::convertible_to<Item, ChatMessage>);

namespace {

/** JSON from text; strings may be in single quotes. */
QJsonObject json(QByteArray text) { return QJsonDocument::fromJson(text.replace('\'', '"')).object(); }

Order fullOrder()
{
    Order order;
    order.open = true;
    order.count = -3;
    order.number = 1764000000123;
    order.table = 65535;
    order.total = 12.5;
    order.tags = {u"a"_s, u"b"_s};
    order.codes = {1, 2};
    order.first = {u"tea"_s, 2};
    order.items = {{u"tea"_s, 2}, {u"cake"_s, 3.5}};
    order.state = Order::State::Served;
    order.states = {Order::State::Waiting, Order::State::Served};
    order.extra = {{u"x"_s, 1}};
    order.anything = QJsonArray{1, u"two"_s};
    order.variant = u"v"_s;
    order.when = QDateTime(QDate(2026, 11, 23), QTime(5, 0, 0, 250), QTimeZone::utc());
    order.uuid = QUuid(u"67c8770b-44f1-410a-ab9a-f9b5446f13ee"_s);
    order.maybeNumber = 5;
    order.maybeItem = Item{u"pie"_s, 4};
    order.maybeState = Order::State::Cooking;
    order.maybeItems = QList<Item>{{u"jam"_s, 1}};
    return order;
}

} // namespace

class TestTypedEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStructGivesTheSchema()
    {
        const auto event = defineEvent<ChatMessage>("message");
        QCOMPARE(event.name(), u"message"_s);
        QCOMPARE(event.definition().schema.toJson(),
                 json("{'type':'object','required':['text'],"
                      "'properties':{'text':{'type':'string'},'senderId':{'type':'string'}}}"));
    }

    void constraintsNarrowIt()
    {
        const auto event = defineEvent<ChatMessage>(
            u"message"_s, Schema::object({{"text", Schema::string().min(1).max(1000)}}).closed(), {true, 50});
        const EventDefinition &definition = event;
        QVERIFY(definition.history.enabled);
        QCOMPARE(definition.schema.toJson(),
                 json("{'type':'object','required':['text'],'additionalProperties':false,"
                      "'properties':{'text':{'type':'string','minLength':1,'maxLength':1000},'senderId':{'"
                      "type':'string'}}}"));
        QCOMPARE(definition.schema.validate(json("{'text':''}")).error().text(),
                 u"data.text: must have at least 1 character, has 0"_s);
        QVERIFY(definition.schema.validate(toJson(ChatMessage{.text = u"hi"_s, .senderId = {}})));
    }

    void theNarrowerBoundHolds()
    {
        const auto event
            = defineEvent<Order>("order", Schema::object({{"count", Schema::integer().min(-1e12).max(5)}}));
        const QJsonObject count = event.definition().schema.toJson()[u"properties"][u"count"].toObject();
        QCOMPARE(count[u"minimum"].toDouble(), -2147483648.0);
        QCOMPARE(count[u"maximum"].toDouble(), 5.0);
    }

    void aContradictionIsFoundWhenTheRoomIsChecked_data()
    {
        QTest::addColumn<QJsonObject>("constraints");
        QTest::addColumn<QString>("error");
        QTest::newRow("type")
            << json("{'properties':{'text':{'type':'integer'}}}")
            << u"events[0].schema.text: is of type string, but the constraints say integer"_s;
        QTest::newRow("member")
            << json("{'properties':{'txt':{'minLength':1}}}")
            << u"events[0].schema.txt: is constrained, but the payload has no such member"_s;
    }
    void aContradictionIsFoundWhenTheRoomIsChecked()
    {
        QFETCH(QJsonObject, constraints);
        QFETCH(QString, error);
        const auto event = defineEvent<ChatMessage>("message", *Schema::fromJson(constraints));
        const RoomConfig room{.id = u"r"_s, .name = u"R"_s, .events = {event}};
        QCOMPARE(room.check().error().text(), error);
        QVERIFY(!event.definition().schema.validate(json("{'text':'a'}")));
    }

    void everyKindOfMemberGoesThereAndBack()
    {
        const Order order = fullOrder();
        const QJsonValue written = toJson(order);
        const Result<void> valid = JsonCodec<Order>::schema().validate(written);
        QVERIFY2(valid, valid ? "" : qPrintable(valid.error().text()));
        // As the wire has it.
        const QJsonDocument received = QJsonDocument::fromJson(QJsonDocument(written.toObject()).toJson());
        const Result<Order> read = fromJson<Order>(received.object());
        QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
        QVERIFY(*read == order);
        QCOMPARE(written[u"number"].toInteger(), 1764000000123);
        QCOMPARE(written[u"state"].toString(), u"Served"_s);
        QCOMPARE(written[u"states"], QJsonValue(QJsonArray{u"Waiting"_s, u"Served"_s}));
        QCOMPARE(written[u"when"].toString(), u"2026-11-23T05:00:00.250Z"_s);
        QCOMPARE(written[u"maybeItem"][u"name"].toString(), u"pie"_s);
    }

    void emptyOptionalsAreLeftOut()
    {
        Order order = fullOrder();
        order.maybeNumber.reset();
        order.maybeItem.reset();
        order.maybeState.reset();
        order.maybeItems.reset();
        const QJsonObject written = toJson(order).toObject();
        for (const QString &key : {u"maybeNumber"_s, u"maybeItem"_s, u"maybeState"_s, u"maybeItems"_s})
            QVERIFY2(!written.contains(key), qPrintable(key));
        const Result<Order> read = fromJson<Order>(written);
        QVERIFY(read);
        QVERIFY(*read == order);
    }

    void whatDoesNotFitSaysWhere_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *key, const QJsonValue &value, const char *error) {
            QTest::newRow(name) << QString::fromLatin1(key) << value << QString::fromUtf8(error);
        };
        row("missing", "count", QJsonValue::Undefined, "data.count: is required");
        row("type", "open", 1, "data.open: must be true or false, not a number");
        row("too large an int", "count", 3e9, "data.count: must be at most 2147483647, not 3000000000");
        row("negative", "table", -1, "data.table: must be at least 0, not -1");
        row("fraction", "number", 1.5, "data.number: must be a whole number, not 1.5");
        row("enum", "state", u"Eaten"_s, "data.state: must be one of: Waiting, Cooking, Served; not Eaten");
        row("enum of another type", "state", 7, "data.state: must be a string, not a number");
        row("item", "codes", QJsonArray{1, u"x"_s}, "data.codes[1]: must be a whole number, not a string");
        row("nested", "first", QJsonObject{{u"name"_s, u"a"_s}}, "data.first.price: is required");
        row("nested list", "items", QJsonArray{QJsonObject{{u"name"_s, 1}, {u"price"_s, 1}}},
            "data.items[0].name: must be a string, not a number");
        row("time", "when", u"yesterday"_s,
            "data.when: must be a date-time as RFC 3339 writes it, is yesterday");
        row("null for an optional", "maybeNumber", QJsonValue::Null,
            "data.maybeNumber: must be a whole number, not null");
    }
    void whatDoesNotFitSaysWhere()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QFETCH(QString, error);
        QJsonObject written = toJson(fullOrder()).toObject();
        written.insert(key, value); // undefined removes it
        const Result<Order> read = fromJson<Order>(written);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(read.error().text(), error);
        QCOMPARE(JsonCodec<Order>::schema().validate(written).error().text(), error);
    }

    void aStructMayContainItself()
    {
        const Tree tree{u"a"_s, {{u"b"_s, {{u"c"_s, {}}}}, {u"d"_s, {}}}};
        const QJsonValue written = toJson(tree);
        QVERIFY(JsonCodec<Tree>::schema().validate(written));
        QVERIFY(*fromJson<Tree>(written) == tree);
        QCOMPARE(fromJson<Tree>(json("{'name':'a','children':[{'name':1,'children':[]}]}")).error().text(),
                 u"data.children[0].name: must be a string, not a number"_s);
    }

    void aTypeMayHaveACodecOfItsOwn()
    {
        const auto event = defineEvent<Money>("price");
        QCOMPARE(toJson(Money{1250}), QJsonValue(u"12.50"_s));
        QCOMPARE(fromJson<Money>(u"12.50"_s)->cents, 1250);
        QVERIFY(!event.definition().schema.validate(u"12"_s));
    }

    void aMemberOfAnUnknownTypeIsAMistake()
    {
        const auto event = defineEvent<Picture>("picture");
        const Result<void> checked = event.definition().schema.check();
        QVERIFY(!checked);
        QCOMPARE(checked.error().path, u"pixels"_s);
        QVERIFY(checked.error().message.contains("QByteArray cannot be written as JSON"_L1));
    }

    void aRegisteredCodecServesMembersToo()
    {
        registerJsonCodec<Money>();
        const QJsonValue written = toJson(Invoice{{995}});
        QCOMPARE(written[u"sum"].toString(), u"9.95"_s);
        QCOMPARE(fromJson<Invoice>(written)->sum.cents, 995);
        QCOMPARE(fromJson<Invoice>(json("{'sum':5}")).error().text(),
                 u"data.sum: must be a string, not a number"_s);
    }

    void plainTypesAreMessagesToo()
    {
        QCOMPARE(toJson(QList<int>{1, 2}), QJsonValue(QJsonArray{1, 2}));
        QCOMPARE(*fromJson<QList<int>>(QJsonArray{1, 2}), QList<int>({1, 2}));
        QCOMPARE(*fromJson<QString>(u"a"_s), u"a"_s);
        QVERIFY(!fromJson<int>(u"a"_s));
        QCOMPARE(*fromJson<Order::State>(u"Cooking"_s), Order::State::Cooking);
    }

    void aTypedMessageIsAViewOfAMessage()
    {
        const EventMessage message{.event = u"message"_s,
                                   .roomId = u"chat"_s,
                                   .data = json("{'text':'hi','senderId':'s'}"),
                                   .from = u"me"_s,
                                   .timestamp = 5,
                                   .offset = 7};
        const Result<TypedMessage<ChatMessage>> typed = TypedMessage<ChatMessage>::of(message);
        QVERIFY(typed);
        QCOMPARE(typed->data.text, u"hi"_s);
        QCOMPARE(typed->data.senderId, u"s"_s);
        QCOMPARE(typed->from, u"me"_s);
        QCOMPARE(typed->roomId, u"chat"_s);
        QCOMPARE(typed->timestamp, 5);
        QCOMPARE(typed->offset, quint64(7));
        EventMessage other = message;
        other.data = 5;
        QCOMPARE(TypedMessage<ChatMessage>::of(other).error().text(),
                 u"data: must be an object, not a number"_s);
    }

    void aDocumentDefinesAnEventToo()
    {
        const Result<EventDefinition> event = defineEvent(u"e"_s, json("{'type':'string'}"), {true, 5});
        QVERIFY(event);
        QVERIFY(event->schema.validate(u"a"_s));
        QCOMPARE(event->history.limit, 5);
        QCOMPARE(defineEvent(u"e"_s, json("{'type':'text'}")).error().path, u"type"_s);
    }

    void anEventIsEphemeralWhereItIsDeclaredSo()
    {
        QVERIFY(defineEvent("e", Schema::string(), ephemeral).ephemeral);
        QVERIFY(defineEvent(u"e"_s, json("{'type':'string'}"), ephemeral)->ephemeral);
        const TypedEvent<ChatMessage> typed = defineEvent<ChatMessage>("e", {}, ephemeral);
        QVERIFY(typed.definition().ephemeral);
        QVERIFY(!typed.definition().schema.validate(5));
        QVERIFY(!defineEvent("e", Schema::string(), {}).ephemeral);
        QVERIFY(!defineEvent<ChatMessage>("e").definition().ephemeral);
    }
};

DIALOGUE_TEST(TestTypedEvent, NoApplication)
#include "tst_typedevent.moc"
