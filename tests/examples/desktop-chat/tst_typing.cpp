#include "model/typingnotice.h"
#include "model/typingpeople.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace chat;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** Who is typing: what we tell the others, and what they tell us. */
class TestTyping : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void manyKeysAreOneNotice()
    {
        QList<bool> told;
        TypingNotice notice([&](bool isTyping) { told.append(isTyping); }, 1h);
        for (int i = 0; i < 100; ++i)
            notice.wrote();
        QCOMPARE(told, QList<bool>{true});
        notice.stopped();
        notice.stopped();
        QCOMPARE(told, (QList<bool>{true, false}));
    }

    void whoGoesOnTypingIsToldAgain()
    {
        int told = 0;
        TypingNotice notice([&](bool) { ++told; }, 1ms);
        notice.wrote();
        QTRY_VERIFY((notice.wrote(), told >= 2));
    }

    void whoSentNothingHasNothingToTakeBack()
    {
        int told = 0;
        TypingNotice notice([&](bool) { ++told; });
        notice.stopped();
        QCOMPARE(told, 0);
    }

    void namesWhoTypes()
    {
        TypingPeople people(1h);
        QCOMPARE(people.text(), QString());
        people.set(u"bea"_s, true);
        QCOMPARE(people.text(), u"bea is typing…"_s);
        people.set(u"ann"_s, true);
        QCOMPARE(people.text(), u"ann and bea are typing…"_s);
        people.set(u"bea"_s, false);
        QCOMPARE(people.text(), u"ann is typing…"_s);
    }

    void forgetsWhoFellSilent()
    {
        TypingPeople people(20ms);
        people.set(u"bea"_s, true);
        QTRY_COMPARE(people.text(), QString());
    }

    void aCrowdIsCountedAndBounded()
    {
        TypingPeople people(1h);
        QSignalSpy changes(&people, &TypingPeople::changed);
        for (int i = 0; i < 10 * TypingPeople::MaxPeople; ++i)
            people.set(QString::number(i), true);
        QCOMPARE(changes.count(), TypingPeople::MaxPeople);
        QVERIFY(people.text().contains(QString::number(TypingPeople::MaxPeople)));
    }
};

DIALOGUE_TEST(TestTyping, QCoreApplication)
#include "tst_typing.moc"
