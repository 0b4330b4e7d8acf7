#include "console/details/bytesmodel.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestBytesModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsSixteenInARow();
    void isAModelWhateverComes();
};

void TestBytesModel::showsSixteenInARow()
{
    BytesModel model;
    model.setBytes(QByteArray("{\"a\":\"\xc3\xa9\n~\x7f\"}") + QByteArray(1, '\0') + "xyz!");
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, BytesModel::Place), u"00000000"_s);
    QCOMPARE(cell(0, BytesModel::Bytes), u"7b 22 61 22 3a 22 c3 a9  0a 7e 7f 22 7d 00 78 79"_s);
    QCOMPARE(cell(0, BytesModel::Text), u"{\"a\":\"...~.\"}.xy"_s);
    QCOMPARE(cell(1, BytesModel::Place), u"00000010"_s);
    QCOMPARE(cell(1, BytesModel::Bytes), u"7a 21"_s);
    QCOMPARE(cell(1, BytesModel::Text), u"z!"_s);
}

void TestBytesModel::isAModelWhateverComes()
{
    BytesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const int size : {0, 1, 15, 16, 17, 10'000'000, 0}) {
        model.setBytes(QByteArray(size, 'x'));
        QCOMPARE(model.rowCount(), (size + 15) / 16);
    }
}

DIALOGUE_TEST(TestBytesModel, QCoreApplication)
#include "tst_bytesmodel.moc"
