#include "server/api/requestvalues.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::api;

namespace {

struct Item
{
    QString name = {};
    int count = 0;
};

struct Request
{
    QString room = {};
    QString key = {};
    int limit = 50;
    bool flag = false;
    QStringList names = {};
    JsonData data = {};
    QJsonObject meta = {};
    std::optional<QString> text = {};
    std::optional<qint64> number = {};
    QList<Item> items = {};
};

Parameters<Item> itemMembers()
{
    return {parameter({.name = u"name"_s, .isRequired = true, .least = 1, .most = 5}, &Item::name),
            parameter({.name = u"count"_s, .type = ValueType::Number, .least = 0, .most = 9}, &Item::count)};
}

Parameters<Request> all()
{
    using R = Request;
    return {
        parameter({.name = u"room"_s,
                   .place = Place::Path,
                   .isRequired = true,
                   .least = 1,
                   .most = 8,
                   .isId = true},
                  &R::room),
        parameter({.name = u"X-Key"_s, .place = Place::Header, .least = 1, .most = 4}, &R::key),
        parameter(
            {.name = u"limit"_s, .place = Place::Query, .type = ValueType::Number, .least = 1, .most = 100},
            &R::limit),
        parameter({.name = u"flag"_s, .place = Place::Query, .type = ValueType::Flag}, &R::flag),
        parameter(
            {.name = u"names"_s, .place = Place::Query, .type = ValueType::TextList, .least = 1, .most = 2},
            &R::names),
        parameter({.name = u"data"_s, .type = ValueType::Any}, &R::data),
        parameter({.name = u"meta"_s, .type = ValueType::Object}, &R::meta),
        parameter({.name = u"text"_s, .least = 0, .most = 3}, &R::text),
        parameter({.name = u"number"_s, .type = ValueType::Number, .least = -5, .most = 1'000'000'000'000},
                  &R::number),
        listParameter({.name = u"items"_s, .least = 1, .most = 2}, itemMembers(), &R::items),
    };
}

Result<Request> read(const QByteArray &room, const QByteArray &query, const QByteArray &body,
                     const QByteArray &key = {})
{
    HttpRequest request;
    request.query = HttpQuery(query);
    request.body = body;
    request.parameters = {{"room", room}};
    if (!key.isNull())
        request.headers.append("x-key", key);
    const Result<Values> values = valuesOf(request, infosOf(all()));
    if (!values)
        return values.error();
    return structOf(all(), *values);
}

} // namespace

class TestApiRequestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeFromWhereTheyStand()
    {
        const auto request = read(
            "chat", "limit=7&flag=true&names=a%2Cb&",
            R"({"data":{"n":1.50},"meta":{"a":1},"text":"","number":-5,"items":[{"name":"x","count":9},{"name":"y"}]})",
            "k");
        QVERIFY2(request, request ? "" : qPrintable(request.error().text()));
        QCOMPARE(request->room, u"chat"_s);
        QCOMPARE(request->key, u"k"_s);
        QCOMPARE(request->limit, 7);
        QVERIFY(request->flag);
        QCOMPARE(request->names, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(request->data.text(), QByteArray(R"({"n":1.50})"));
        QCOMPARE(request->meta, (QJsonObject{{u"a"_s, 1}}));
        QCOMPARE(request->text, std::optional(QString()));
        QCOMPARE(request->number, std::optional<qint64>(-5));
        QCOMPARE(request->items.size(), 2);
        QCOMPARE(request->items[0].count, 9);
        QCOMPARE(request->items[1].name, u"y"_s);
    }

    void areWhatTheyAreWhereTheyAreLeftOut()
    {
        for (const QByteArray &body :
             {QByteArray(), QByteArray("{}"), QByteArray(R"( {"text":null,"items":null} )")}) {
            const auto request = read("chat", {}, body);
            QVERIFY2(request, request ? "" : qPrintable(request.error().text()));
            QCOMPARE(request->limit, 50);
            QVERIFY(!request->text);
            QVERIFY(request->items.isEmpty());
        }
        QVERIFY(read("chat", {}, R"({"data":null})")->data.isNull());
    }

    void ofAHeaderAreRefusedWhereThereAreTwo()
    {
        HttpRequest request;
        request.parameters = {{"room", "chat"}};
        for (const QByteArray &name : {"X-Key"_ba, "x-key"_ba})
            request.headers.append(name, "k");
        const Result<Values> values = valuesOf(request, infosOf(all()));
        QVERIFY(!values);
        QCOMPARE(values.error().path, u"X-Key"_s);
        QVERIFY(values.error().message.contains(u"twice"_s));
    }

    void areRefusedWithTheirNames_data()
    {
        QTest::addColumn<QByteArray>("room");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &room, const QByteArray &query,
                            const QByteArray &body, const QString &path, const QString &words) {
            QTest::newRow(name) << room << query << body << path << words;
        };
        row("too long a text", "123456789", "", "", u"room"_s, u"1 to 8"_s);
        row("no UTF-8", "\xff", "", "", u"room"_s, u"text"_s);
        row("half a character", "a\xc3", "", "", u"room"_s, u"text"_s);
        row("not seen", "a\u200b"_ba, "", "", u"room"_s, u"U+200B"_s);
        row("no number", "a", "limit=1x", "", u"limit"_s, u"from 1 to 100"_s);
        row("a number with a fraction", "a", "limit=1.5", "", u"limit"_s, u"from 1 to 100"_s);
        row("too large a number", "a", "limit=101", "", u"limit"_s, u"from 1 to 100"_s);
        row("no number at all", "a", "limit", "", u"limit"_s, u"from 1 to 100"_s);
        row("no flag", "a", "flag=1", "", u"flag"_s, u"true or false"_s);
        row("too many", "a", "names=a,b,c", "", u"names"_s, u"1 to 2"_s);
        row("twice", "a", "limit=1&limit=1", "", u"limit"_s, u"twice"_s);
        row("not known", "a", "limlt=1", "", u"limlt"_s, u"did you mean \"limit\""_s);
        row("a member in the query", "a", "text=a", "", u"text"_s, u"not known"_s);
        row("a member that is none", "a", "", R"({"txet":""})", u"txet"_s, u"did you mean \"text\""_s);
        row("a member twice", "a", "", R"({"text":"","te\u0078t":""})", u"text"_s, u"twice"_s);
        row("a text that is a number", "a", "", R"({"text":1})", u"text"_s, u"text of 0 to 3"_s);
        row("a fraction", "a", "", R"({"number":1.5})", u"number"_s, u"whole number"_s);
        row("beyond all numbers", "a", "", R"({"number":1e300})", u"number"_s, u"whole number"_s);
        row("an object that is a list", "a", "", R"({"meta":[]})", u"meta"_s, u"object"_s);
        row("an attachment that is none", "a", "", R"({"data":[{"_placeholder":true,"num":0}]})", u"data"_s,
            u"placeholder"_s);
        row("the same in meta", "a", "", R"({"meta":{"a":{"_placeholder":true,"num":0}}})", u"meta"_s,
            u"placeholder"_s);
        row("no item", "a", "", R"({"items":[]})", u"items"_s, u"1 to 2"_s);
        row("an item that is none", "a", "", R"({"items":[1]})", u"items[0]"_s, u"object"_s);
        row("an item without", "a", "", R"({"items":[{"name":"a"},{}]})", u"items[1].name"_s, u"missing"_s);
        row("an item with too much", "a", "", R"({"items":[{"name":"a","nam":1}]})", u"items[0].nam"_s,
            u"did you mean"_s);
        row("a list", "a", "", "[]", u""_s, u"must be a JSON object"_s);
        row("no JSON", "a", "", R"({"text":)", u""_s, u"Expected"_s);
        row("more than JSON", "a", "", "{} {}", u""_s, u"Expected"_s);
    }
    void areRefusedWithTheirNames()
    {
        QFETCH(QByteArray, room);
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        const auto request = read(room, query, body);
        QVERIFY(!request);
        QTEST(request.error().path, "path");
        QVERIFY2(request.error().message.contains(words), qPrintable(request.error().text()));
    }
};

DIALOGUE_TEST(TestApiRequestValues, NoApplication)
#include "tst_apirequestvalues.moc"
