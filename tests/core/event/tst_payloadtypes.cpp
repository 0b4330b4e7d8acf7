#include "core/event/typedevent.h"
#include "core/room/roomconfig.h"

#include "testclasses.h"

#include <QDate>
#include <QJsonDocument>
#include <QSet>
#include <QTimeZone>
#include <QUrl>
#include <QUuid>

#include <limits>
#include <vector>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

struct Visit
{
    Q_GADGET
    Q_PROPERTY(QDate day MEMBER day)
    Q_PROPERTY(QTime time MEMBER time)
    Q_PROPERTY(QDateTime moment MEMBER moment)
    Q_PROPERTY(QUrl page MEMBER page)
    Q_PROPERTY(QUuid id MEMBER id)
    Q_PROPERTY(quint64 number MEMBER number)
    Q_PROPERTY(ulong other MEMBER other)
    Q_PROPERTY(std::optional<QDate> until MEMBER until)
    Q_PROPERTY(std::vector<int> steps MEMBER steps)
public:
    QDate day{2026, 11, 28};
    QTime time{5, 0, 0, 250};
    QDateTime moment = QDateTime::fromSecsSinceEpoch(0);
    QUrl page{u"https://example.org/a"_s};
    QUuid id = QUuid::fromString(u"67c8770b-44f1-410a-ab9a-f9b5446f13ee"_s);
    quint64 number = std::numeric_limits<qint64>::max();
    ulong other = 5;
    std::optional<QDate> until;
    std::vector<int> steps{1, 2};
    bool operator==(const Visit &) const = default;
};

struct Tour
{
    Q_GADGET
    Q_PROPERTY(QList<Visit> visits MEMBER visits)
public:
    QList<Visit> visits;
};

struct Nothing
{
    Q_GADGET
};

struct Computed
{
    Q_GADGET
    Q_PROPERTY(int sum READ sum)
    Q_PROPERTY(Nothing nothing READ nothing)
public:
    int sum() const { return 1; }
    Nothing nothing() const { return {}; }
};

enum class Unnamed { One, Two };

struct Untold
{
    Q_GADGET
    Q_PROPERTY(Unnamed which MEMBER which)
public:
    Unnamed which = Unnamed::One;
};

/** That it is written, as the wire has it valid, and read again as the same. */
template <EventPayload T>
bool goesThereAndBack(const T &value)
{
    const auto event = defineEvent<T>("event");
    const QJsonObject sent{{u"data"_s, toJson(value)}};
    const QJsonValue received = QJsonDocument::fromJson(QJsonDocument(sent).toJson())[u"data"];
    const Result<T> read = fromJson<T>(received);
    return event.definition().schema.check() && event.definition().schema.validate(received) && read
        && *read == value;
}

QString whatIsWrongWith(const EventDefinition &event)
{
    const RoomConfig room{.id = u"r"_s, .name = u"R"_s, .events = {event}};
    const auto checked = room.check();
    return checked ? QString() : checked.error().text();
}

} // namespace

static_assert(!EventPayload<long double> && !EventPayload<char> && !EventPayload<QSet<int>>);

/** Which types an event's data may be of, and what is said of those that it may not. */
class TestPayloadTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thoseOfTheListGoThereAndBack()
    {
        QVERIFY(goesThereAndBack(true));
        QVERIFY(goesThereAndBack(1.5F) && goesThereAndBack(-1e300));
        QVERIFY(goesThereAndBack(short(-5)) && goesThereAndBack(ushort(65535)));
        QVERIFY(goesThereAndBack(-5) && goesThereAndBack(4294967295U));
        QVERIFY(goesThereAndBack(-5L) && goesThereAndBack(5UL));
        QVERIFY(goesThereAndBack(qint64(-9007199254740993)) && goesThereAndBack(quint64(9007199254740993)));
        QVERIFY(goesThereAndBack(u"text"_s) && goesThereAndBack(QString()));
        QVERIFY(goesThereAndBack(QUrl(u"https://example.org/a?b"_s)) && goesThereAndBack(QUrl()));
        QVERIFY(goesThereAndBack(QUuid::createUuid()) && goesThereAndBack(QUuid()));
        QVERIFY(goesThereAndBack(QDate(2026, 2, 28)) && goesThereAndBack(QTime(23, 59, 59, 999)));
        QVERIFY(goesThereAndBack(QDateTime::fromMSecsSinceEpoch(1764000000123, QTimeZone::utc())));
        QVERIFY(goesThereAndBack(QJsonValue(5)) && goesThereAndBack(QJsonObject{{u"a"_s, 1}}));
        QVERIFY(goesThereAndBack(QJsonArray{1, u"b"_s}));
        QVERIFY(goesThereAndBack(QVariantMap{{u"a"_s, u"b"_s}})
                && goesThereAndBack(QVariantList{u"a"_s, true}));
        QVERIFY(goesThereAndBack(QStringList{u"a"_s})
                && goesThereAndBack(QList<QList<QDate>>{{QDate(2026, 1, 1)}}));
        QVERIFY(goesThereAndBack(Visit()) && goesThereAndBack(QList<Visit>{Visit(), Visit()}));
    }

    void whatIsNoNumberIsNull()
    {
        for (const double number :
             {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
              std::numeric_limits<double>::quiet_NaN()})
            QVERIFY(toJson(number).isNull());
    }

    void aNumberWithoutASignIsAtLeastZero()
    {
        for (const Schema &schema : {defineEvent<quint64>("event").definition().schema,
                                     defineEvent<quint32>("event").definition().schema}) {
            QVERIFY(schema.validate(0));
            QVERIFY(!schema.validate(-1));
        }
    }

    void whatIsNotValidIsRefused_data()
    {
        QTest::addColumn<QJsonValue>("data");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const Visit &visit, const char *error) {
            QTest::newRow(name) << toJson(visit) << QString::fromUtf8(error);
        };
        Visit visit;
        visit.day = {};
        row("a date", visit, "data.day: must be a string, not null");
        visit = {};
        visit.time = {};
        row("a time", visit, "data.time: must be a string, not null");
        visit = {};
        visit.moment = {};
        row("a moment", visit, "data.moment: must be a date-time as RFC 3339 writes it");
        visit = {};
        visit.until = QDate();
        row("a date that may be left out", visit, "data.until: must be a string, not null");
        visit = {};
        visit.number = std::numeric_limits<quint64>::max();
        row("too large a number", visit, "data.number: must be at most 92233720368547");
        visit = {};
        visit.other = std::numeric_limits<ulong>::max();
        row("another one", visit, "data.other: must be at most 92233720368547");
        const auto word = [](const char *name, const char *key, const QJsonValue &value, const char *error) {
            QJsonObject object = toJson(Visit()).toObject();
            object.insert(QString::fromLatin1(key), value);
            QTest::newRow(name) << QJsonValue(object) << QString::fromUtf8(error);
        };
        word("a word as a date", "day", u"yesterday"_s, "data.day: must be a date as RFC 3339 writes it");
    }
    void whatIsNotValidIsRefused()
    {
        QFETCH(QJsonValue, data);
        QFETCH(QString, error);
        const auto valid = defineEvent<Visit>("visit").definition().schema.validate(data);
        QVERIFY(!valid);
        QVERIFY2(valid.error().text().startsWith(error), qPrintable(valid.error().text()));
        QCOMPARE(fromJson<Visit>(data).error().text(), valid.error().text());
    }

    void whatTheSchemaLetsPassIsToldWithItsPlace()
    {
        QJsonObject object = toJson(Visit()).toObject();
        object.insert(u"time"_s, u"noon"_s);
        const QJsonValue tour = QJsonObject{{u"visits"_s, QJsonArray{toJson(Visit()), object}}};
        const auto read = fromJson<Tour>(tour);
        QCOMPARE(read.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(read.error().text(), u"data.visits[1].time: cannot be read as QTime"_s);
    }

    void whatCannotBeWrittenIsToldAtStart()
    {
        const auto says = [](const EventDefinition &event, const QString &place, const QString &words) {
            const QString wrong = whatIsWrongWith(event);
            return wrong.startsWith(place) && wrong.contains(words);
        };
        QVERIFY(
            says(defineEvent<Nothing>("e"), u"events[0].schema: "_s,
                 u"Nothing has no property that can be written, and would say nothing; declare its members: "
                 "Q_PROPERTY(QString text MEMBER text)"_s));
        QVERIFY(says(defineEvent<Computed>("e"), u"events[0].schema: "_s, u"Computed has no property"_s));
        QVERIFY(says(defineEvent<Untold>("e"), u"events[0].schema.which: the values of the enum "_s,
                     u"Unnamed have no names; make them known with Q_ENUM"_s));
        QCOMPARE(whatIsWrongWith(defineEvent<Visit>("e")), QString());
    }
};

DIALOGUE_TEST(TestPayloadTypes, NoApplication)
#include "tst_payloadtypes.moc"
