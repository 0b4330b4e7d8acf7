#include "model/messagemodel.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace chat;
using namespace Qt::StringLiterals;
using Delivery = Message::Delivery;

/** The lines of a conversation, in whatever order they become known. */
class TestMessageModel : public QObject
{
    Q_OBJECT

    static inline const QDateTime s_noon{QDate(2026, 3, 1), QTime(12, 0)};

    static Message said(quint64 offset, const QString &text, const QString &from = u"bea"_s)
    {
        return {
            .event = u"message"_s, .from = from, .text = text, .time = s_noon, .place = {.offset = offset}};
    }
    static Message ours(quint64 offset, const QString &text, const QString &tag)
    {
        Message message = said(offset, text, u"ann"_s);
        message.tag = tag;
        return message;
    }
    static QStringList texts(const MessageModel &model)
    {
        QStringList found;
        for (int row = 0; row < model.rowCount(); ++row)
            found.append(model.at(row).kind == Message::Kind::Gap ? u"-"_s : model.at(row).text);
        return found;
    }

    std::unique_ptr<MessageModel> m_model;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageModel>();
        new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_model.get());
        m_model->setUserId(u"ann"_s);
    }

    void keepsTheOrderOfTheServersNumbers()
    {
        for (const quint64 offset : {5U, 2U, 9U, 1U, 7U})
            QVERIFY(m_model->add(said(offset, QString::number(offset))));
        QCOMPARE(texts(*m_model), (QStringList{u"1"_s, u"2"_s, u"5"_s, u"7"_s, u"9"_s}));
    }

    void leavesOutWhatItKnows()
    {
        QVERIFY(m_model->add(said(3, u"hello"_s)));
        QVERIFY(!m_model->add(said(3, u"hello"_s)));
        QCOMPARE(m_model->addPage({said(2, u"before"_s), said(3, u"hello"_s)}), 1);
        QCOMPARE(texts(*m_model), (QStringList{u"before"_s, u"hello"_s}));
    }

    void takesThemAsTheyComeFromAServerThatDoesNotNumber()
    {
        QVERIFY(m_model->add(said(0, u"b"_s)));
        QVERIFY(m_model->add(said(0, u"a"_s)));
        QVERIFY(!m_model->add(said(0, u"a"_s)));
        QCOMPARE(texts(*m_model), (QStringList{u"b"_s, u"a"_s}));
    }

    void whatWaitsComesLast()
    {
        m_model->addWaiting(u"mine"_s, u"t1"_s);
        m_model->add(said(1, u"theirs"_s));
        QCOMPARE(texts(*m_model), (QStringList{u"theirs"_s, u"mine"_s}));
        QCOMPARE(m_model->at(1).delivery, Delivery::Waiting);
    }

    void theReceiptAndTheEventAreOneLine_data()
    {
        QTest::addColumn<bool>("receiptFirst");
        QTest::newRow("receipt first") << true;
        QTest::newRow("event first") << false;
    }
    void theReceiptAndTheEventAreOneLine()
    {
        QFETCH(bool, receiptFirst);
        m_model->addWaiting(u"mine"_s, u"t1"_s);
        if (receiptFirst)
            m_model->confirm(u"t1"_s, 4, s_noon);
        m_model->add(ours(4, u"mine"_s, u"t1"_s));
        if (!receiptFirst)
            m_model->confirm(u"t1"_s, 4, s_noon);
        QCOMPARE(texts(*m_model), QStringList{u"mine"_s});
        QCOMPARE(m_model->at(0).delivery, Delivery::Sent);
        QCOMPARE(m_model->at(0).time, s_noon);
    }

    void showsOurWordsAsTheServerMadeThem()
    {
        m_model->addWaiting(u"damn"_s, u"t1"_s);
        m_model->confirm(u"t1"_s, 4, s_noon);
        m_model->add(ours(4, u"d**n"_s, u"t1"_s));
        QCOMPARE(texts(*m_model), QStringList{u"d**n"_s});
    }

    void anotherPersonsTagTakesNothingAway()
    {
        m_model->addWaiting(u"mine"_s, u"t1"_s);
        Message forged = said(1, u"forged"_s);
        forged.tag = u"t1"_s;
        m_model->add(forged);
        QCOMPARE(texts(*m_model), (QStringList{u"forged"_s, u"mine"_s}));
        QCOMPARE(m_model->at(1).delivery, Delivery::Waiting);
    }

    void aConfirmedLineGoesToItsPlace()
    {
        m_model->addWaiting(u"mine"_s, u"t1"_s);
        m_model->addWaiting(u"mine too"_s, u"t2"_s);
        m_model->add(said(6, u"later"_s));
        m_model->confirm(u"t1"_s, 5, s_noon);
        QCOMPARE(texts(*m_model), (QStringList{u"mine"_s, u"later"_s, u"mine too"_s}));
    }

    void whatIsRefusedStaysWhereItWasWritten()
    {
        m_model->add(said(1, u"one"_s));
        m_model->addWaiting(u"too long"_s, u"t1"_s);
        m_model->refuse(u"t1"_s, u"must be shorter"_s);
        m_model->add(said(2, u"two"_s));
        QCOMPARE(texts(*m_model), (QStringList{u"one"_s, u"too long"_s, u"two"_s}));
        const QModelIndex refused = m_model->index(1);
        QCOMPARE(refused.data(MessageModel::DeliveryRole).toInt(), int(Delivery::Refused));
        QCOMPARE(refused.data(MessageModel::ReasonRole).toString(), u"must be shorter"_s);
    }

    void aPageThatSpansAGapClosesIt()
    {
        m_model->add(said(1, u"1"_s));
        m_model->addGap({.from = 2, .to = 4});
        m_model->add(said(5, u"5"_s));
        QCOMPARE(texts(*m_model), (QStringList{u"1"_s, u"-"_s, u"5"_s}));
        m_model->addPage({said(3, u"3"_s), said(4, u"4"_s), said(5, u"5"_s)});
        QCOMPARE(texts(*m_model), (QStringList{u"1"_s, u"-"_s, u"3"_s, u"4"_s, u"5"_s}));
        QCOMPARE(m_model->countSinceGap({u"message"_s}), 3);
        m_model->addPage({said(1, u"1"_s), said(2, u"2"_s)});
        QCOMPARE(texts(*m_model), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    }

    void aNewLogComesAfterTheOldOne()
    {
        m_model->add(said(8, u"old"_s));
        m_model->addGap({.from = 1, .to = 2, .newLog = true});
        m_model->addPage({said(1, u"new"_s), said(2, u"newer"_s)});
        QCOMPARE(texts(*m_model), (QStringList{u"old"_s, u"-"_s, u"new"_s, u"newer"_s}));
    }

    void aPersonAndADayBeginAnew()
    {
        m_model->add(said(1, u"a"_s));
        m_model->add(said(2, u"b"_s));
        m_model->add(said(3, u"c"_s, u"cem"_s));
        Message tomorrow = said(4, u"d"_s, u"cem"_s);
        tomorrow.time = s_noon.addDays(1);
        m_model->add(tomorrow);
        QList<bool> groups;
        QList<bool> days;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            groups.append(m_model->index(row).data(MessageModel::StartsGroupRole).toBool());
            days.append(m_model->index(row).data(MessageModel::StartsDayRole).toBool());
        }
        QCOMPARE(groups, (QList<bool>{true, false, true, true}));
        QCOMPARE(days, (QList<bool>{true, false, false, true}));
    }

    void theOldestGoWhenThereAreTooMany()
    {
        for (int i = 1; i <= MessageModel::MaxMessages + 3; ++i)
            m_model->add(said(static_cast<quint64>(i), QString::number(i)));
        QCOMPARE(m_model->rowCount(), MessageModel::MaxMessages);
        QCOMPARE(m_model->at(0).text, u"4"_s);
    }
};

DIALOGUE_TEST(TestMessageModel, QCoreApplication)
#include "tst_messagemodel.moc"
