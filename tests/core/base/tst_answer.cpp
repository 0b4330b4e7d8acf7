#include "core/base/answer.h"

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "testclasses.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>
#include <stdexcept>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

using Number = Result<int>;

Error refused() { return {ErrorCode::PermissionDenied, u"no"_s}; }

/** A promise of a number, and what keeps it. */
struct Promised
{
    Promised() { promise.start(); }
    void keep(const Number &number)
    {
        promise.addResult(number);
        promise.finish();
    }

    QPromise<Number> promise;
    Answer<int> answer{promise.future()};
};

} // namespace

class TestAnswer : public QObject
{
    Q_OBJECT

    static void turn()
    {
        for (int i = 0; i < 8; ++i)
            QCoreApplication::processEvents();
    }

private Q_SLOTS:
    void whatIsThereMayBeAskedFor()
    {
        const Answer<int> three = 3;
        QVERIFY(three.isReady());
        QCOMPARE(*three.result(), 3);
        const Answer<int> no = refused();
        QVERIFY(no.isReady());
        QCOMPARE(no.result().error().code, ErrorCode::PermissionDenied);
        QVERIFY(Answer<void>().result());
        QVERIFY(!Answer<void>(refused()).result());
        Promised later;
        QVERIFY(!later.answer.isReady());
        later.keep(4);
        QVERIFY(later.answer.isReady());
        QCOMPARE(*later.answer.result(), 4);
    }

    void whatComesThenIsNotCalledFromWithin()
    {
        QList<int> got;
        const auto note = [&](const Number &number) { got.append(*number); };
        Answer<int>(1).then(this, note);
        QVERIFY(got.isEmpty());
        QTRY_COMPARE(got, QList<int>{1});
        Promised later;
        later.answer.then(this, note);
        turn();
        QCOMPARE(got.size(), 1);
        later.keep(2);
        QCOMPARE(got.size(), 1);
        QTRY_COMPARE(got, (QList<int>{1, 2}));
        later.answer.then(this, note); // It is there, and comes from a future.
        QCOMPARE(got.size(), 2);
        QTRY_COMPARE(got, (QList<int>{1, 2, 2}));
        Answer<int>(refused()).then(this, [&](const Number &number) { got.append(number ? 0 : -1); });
        QTRY_COMPARE(got.constLast(), -1);
        turn();
        QCOMPARE(got.size(), 4);
    }

    void whatComesThenMayBeMovedIn()
    {
        int got = 0;
        auto mine = std::make_unique<int>(5);
        Promised later;
        later.answer.then(this,
                          [&got, mine = std::move(mine)](const Number &number) { got = *number + *mine; });
        later.keep(1);
        QTRY_COMPARE(got, 6);
    }

    void nobodyIsCalledWhoHasEnded_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("it is there") << true;
        QTest::newRow("it comes later") << false;
    }
    void nobodyIsCalledWhoHasEnded()
    {
        QFETCH(bool, isThere);
        int calls = 0;
        Promised later;
        const Answer<int> answer = isThere ? Answer<int>(1) : later.answer;
        {
            QObject context;
            answer.then(&context, [&](const Number &) { ++calls; });
        }
        later.keep(1);
        turn();
        QCOMPARE(calls, 0);
    }

    void itIsCalledInTheThreadOfItsContext()
    {
        QThread thread;
        thread.start();
        auto *const context = new QObject;
        context->moveToThread(&thread);
        QThread *now = nullptr;
        QThread *then = nullptr;
        QSemaphore called;
        Answer<int>(1).then(context, [&](const Number &) {
            now = QThread::currentThread();
            called.release();
        });
        QVERIFY(called.tryAcquire(1, 5000));
        Promised later;
        later.answer.then(context, [&](const Number &) {
            then = QThread::currentThread();
            called.release();
        });
        later.keep(1);
        QTRY_COMPARE(called.available(), 1);
        QCOMPARE(now, &thread);
        QCOMPARE(then, &thread);
        context->deleteLater();
        thread.quit();
        thread.wait();
    }

    void aFutureThatBringsNothingIsAnError_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("without a result") << 1;
        QTest::newRow("an exception") << 2;
        QTest::newRow("the promise is dropped") << 3;
    }
    void aFutureThatBringsNothingIsAnError()
    {
        QFETCH(int, how);
        auto later = std::make_unique<Promised>();
        const Answer<int> answer = later->answer;
        std::optional<ErrorCode> code;
        answer.then(this, [&](const Number &number) { code = number.error().code; });
        const QFuture<Number> future = answer.toFuture();
        if (how == 0)
            later->promise.future().cancel();
        if (how == 2)
            later->promise.setException(std::make_exception_ptr(std::runtime_error("lost")));
        if (how != 3)
            later->promise.finish();
        later.reset();
        QTRY_VERIFY(code);
        QCOMPARE(*code, ErrorCode::Unavailable);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().code, ErrorCode::Unavailable);
        QCOMPARE(answer.result().error().code, ErrorCode::Unavailable);
    }

    void itMayBeHadAsAFuture()
    {
        QCOMPARE(*Answer<int>(1).toFuture().result(), 1);
        Promised later;
        const Answer<QString> text
            = later.answer.transform([](int number) { return QString::number(number); });
        const QFuture<Result<QString>> future = text.toFuture();
        QVERIFY(!future.isFinished());
        later.keep(7);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(*future.result(), u"7"_s);
        QString then;
        text.then(this, [&](const Result<QString> &result) { then = *result; });
        QTRY_COMPARE(then, u"7"_s);
    }
};

DIALOGUE_TEST(TestAnswer, QCoreApplication)
#include "tst_answer.moc"
