#include "server/admin/refusalcollector.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** What the hub takes down of what it refuses. */
class TestRefusalCollector : public QObject
{
    Q_OBJECT

    QList<RefusalBatch> m_batches;
    std::unique_ptr<RefusalCollector> m_collector;

    void refuse(const Error &error, QStringView request = u"dialogue:join", QStringView room = {})
    {
        m_collector->refused({.error = error, .request = request, .roomId = room});
    }

private Q_SLOTS:
    void init()
    {
        m_batches.clear();
        m_collector = std::make_unique<RefusalCollector>(
            [this](RefusalBatch &&batch) { m_batches.append(std::move(batch)); });
    }

    void whatComesTogetherIsHandedOverTogether()
    {
        refuse({ErrorCode::RoomFull, u"is full"_s, u"roomId"_s}, u"dialogue:join", u"chat");
        refuse({ErrorCode::Unauthorized, u"who?"_s}, u"connect");
        QVERIFY(m_batches.isEmpty());
        QTRY_COMPARE(m_batches.size(), 1);
        const std::vector<RefusalEntry> &entries = m_batches[0].entries;
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(entries[0].room, u"chat"_s);
        QCOMPARE(entries[0].path, u"roomId"_s);
        QCOMPARE(entries[0].message, u"is full"_s);
        QCOMPARE(entries[1].request, u"connect"_s);
        QVERIFY(m_batches[0].beyond.empty());
    }

    void aFloodIsCountedAndHidesNoOtherCode()
    {
        constexpr int Flood = 100'000;
        for (int i = 0; i < Flood; ++i)
            refuse({ErrorCode::RateLimited, u"too often"_s});
        refuse({ErrorCode::RoomFull, u"is full"_s});
        QTRY_COMPARE(m_batches.size(), 1);
        QCOMPARE(qint64(m_batches[0].entries.size()), RefusalCollector::MostOfACode + 1);
        QCOMPARE(m_batches[0].entries.back().code, ErrorCode::RoomFull);
        QCOMPARE(m_batches[0].beyond.at(ErrorCode::RateLimited), Flood - RefusalCollector::MostOfACode);
        // The next interval has room again.
        refuse({ErrorCode::RateLimited, u"too often"_s});
        QTRY_COMPARE(m_batches.size(), 2);
        QCOMPARE(m_batches[1].entries.size(), std::size_t(1));
    }

    void ofTextsOfStrangersItIsTheBeginning()
    {
        const QString large(100'000, u'x');
        refuse({ErrorCode::InvalidRequest, large, large}, large, large);
        QTRY_COMPARE(m_batches.size(), 1);
        const RefusalEntry &entry = m_batches[0].entries[0];
        for (const QString &text : {entry.message, entry.path, entry.request, entry.room})
            QCOMPARE(text.size(), RefusalEntry::LongestText);
    }

    void whatBreaksASchemaIsNotQuoted()
    {
        Error error{ErrorCode::ValidationFailed, u"must be a number, is \"secret\""_s, u"data.pin"_s};
        error.faults.append({.path = error.path, .rule = u"type"_s, .message = error.message});
        refuse(error);
        QTRY_COMPARE(m_batches.size(), 1);
        const RefusalEntry &entry = m_batches[0].entries[0];
        QVERIFY(!entry.message.contains(u"secret"));
        QVERIFY(entry.message.contains(u"type"));
        QCOMPARE(entry.path, u"data.pin"_s);
    }
};

DIALOGUE_TEST(TestRefusalCollector, QCoreApplication)
#include "tst_refusalcollector.moc"
