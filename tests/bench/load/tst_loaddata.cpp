#include "bench/load/mark.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace dialogue::bench;

class TestLoadData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isFoundAsItWasWritten()
    {
        const Mark mark{.run = std::numeric_limits<std::uint32_t>::max(),
                        .stream = 7,
                        .number = std::numeric_limits<std::uint64_t>::max(),
                        .due = std::numeric_limits<std::int64_t>::max()};
        std::string text = "[\"dialogue:event\",{\"data\":{\"mark\":\"";
        appendMark(text, mark);
        text += "\"}}]";
        const auto found = findMark(text);
        QVERIFY(found);
        QCOMPARE(found->run, mark.run);
        QCOMPARE(found->stream, mark.stream);
        QCOMPARE(found->number, mark.number);
        QCOMPARE(found->due, mark.due);
    }

    void isNotSeenWhereThereIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no mark") << QByteArray("abc");
        QTest::newRow("cut off") << QByteArray("~b1~2~3~4");
        QTest::newRow("cut off early") << QByteArray("~b");
        QTest::newRow("no number") << QByteArray("~b1~x~3~4~");
        QTest::newRow("too large") << QByteArray("~b99999999999~2~3~4~");
        QTest::newRow("negative") << QByteArray("~b1~-2~3~4~");
        QTest::newRow("parted otherwise") << QByteArray("~b1-2~3~4~");
        QTest::newRow("ended otherwise") << QByteArray("~b1~2~3~4 ");
    }

    void isNotSeenWhereThereIsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!findMark(std::string_view(text.constData(), static_cast<size_t>(text.size()))));
    }

    void isFoundAfterSomethingThatOnlyLooksLikeOne()
    {
        const auto found = findMark("~b~b12~~b1~2~3~4~");
        QVERIFY(found);
        QCOMPARE(found->stream, 2U);
    }

    void makesDataOfTheSizeAskedFor()
    {
        std::string data;
        appendData(data, {.run = 1, .stream = 2, .number = 3, .due = 4}, 200);
        QCOMPARE(data.size(), 200U);
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(data)).object();
        QCOMPARE(object.value(QLatin1String("mark")).toString(), QStringLiteral("~b1~2~3~4~"));
        QCOMPARE(object.size(), 2);
    }

    void makesDataAsSmallAsItCan()
    {
        std::string data;
        appendData(data, {}, 0);
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(data)).isNull());
        QVERIFY(data.size() < 50);
    }
};

DIALOGUE_TEST(TestLoadData, NoApplication)
#include "tst_loaddata.moc"
