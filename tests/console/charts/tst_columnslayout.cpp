#include "console/charts/columnslayout.h"

#include "testclasses.h"

#include <QApplication>
#include <QTest>
#include <QWidget>

using namespace dialogue::console;

/** Items in as many columns as there is room for. */
class TestColumnsLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asManyColumnsAsThereIsRoomFor_data();
    void asManyColumnsAsThereIsRoomFor();
    void columnsAreOfOneWidth();
    void isMirrored();
    void hiddenItemsTakeNoPlace();
    void columnsThatDoNotFillAreAsWideAsTheWidest();
};

namespace {

class SizedWidget : public QWidget
{
public:
    explicit SizedWidget(QSize size)
        : m_size(size)
    { }
    QSize sizeHint() const override { return m_size; }

private:
    const QSize m_size;
};

} // namespace

void TestColumnsLayout::asManyColumnsAsThereIsRoomFor_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("narrow") << 90 << 1;
    QTest::newRow("not quite two") << 209 << 1;
    QTest::newRow("two") << 210 << 2;
    QTest::newRow("three") << 320 << 3;
    QTest::newRow("four, where two rows of three do") << 430 << 3;
    QTest::newRow("no more") << 5000 << 5;
}

void TestColumnsLayout::asManyColumnsAsThereIsRoomFor()
{
    QFETCH(int, width);
    QFETCH(int, columns);
    QWidget parent;
    auto *const layout = new ColumnsLayout({.width = 100, .most = 5}, &parent);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    for (int i = 0; i < 5; ++i)
        layout->addWidget(new SizedWidget({50, 20}));
    QCOMPARE(layout->columnsAt(width), columns);
    const int rows = (5 + columns - 1) / columns;
    QCOMPARE(layout->heightForWidth(width), rows * 20 + (rows - 1) * 10);
}

void TestColumnsLayout::columnsAreOfOneWidth()
{
    QWidget parent;
    auto *const layout = new ColumnsLayout({.width = 100}, &parent);
    layout->setContentsMargins(5, 5, 5, 5);
    layout->setSpacing(10);
    for (const int height : {20, 30, 20})
        layout->addWidget(new SizedWidget({50, height}));
    layout->setGeometry(QRect(0, 0, 220, 200));
    QCOMPARE(layout->itemAt(0)->geometry(), QRect(5, 5, 100, 30));
    QCOMPARE(layout->itemAt(1)->geometry(), QRect(115, 5, 100, 30));
    QCOMPARE(layout->itemAt(2)->geometry(), QRect(5, 45, 100, 20));
}

void TestColumnsLayout::isMirrored()
{
    QWidget parent;
    parent.setLayoutDirection(Qt::RightToLeft);
    auto *const layout = new ColumnsLayout({.width = 100}, &parent);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    layout->addWidget(new SizedWidget({50, 20}));
    layout->addWidget(new SizedWidget({50, 20}));
    layout->setGeometry(QRect(0, 0, 210, 200));
    QCOMPARE(layout->itemAt(0)->geometry(), QRect(110, 0, 100, 20));
    QCOMPARE(layout->itemAt(1)->geometry(), QRect(0, 0, 100, 20));
}

void TestColumnsLayout::hiddenItemsTakeNoPlace()
{
    QWidget parent;
    auto *const layout = new ColumnsLayout({.width = 100}, &parent);
    layout->setContentsMargins({});
    auto *const hidden = new SizedWidget({50, 20});
    layout->addWidget(hidden);
    layout->addWidget(new SizedWidget({50, 20}));
    hidden->hide();
    layout->setGeometry(QRect(0, 0, 100, 200));
    QCOMPARE(layout->itemAt(1)->geometry(), QRect(0, 0, 100, 20));
}

void TestColumnsLayout::columnsThatDoNotFillAreAsWideAsTheWidest()
{
    QWidget parent;
    auto *const layout = new ColumnsLayout({.isFilling = false}, &parent);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    layout->addWidget(new SizedWidget({50, 20}));
    layout->addWidget(new SizedWidget({80, 20}));
    layout->setGeometry(QRect(0, 0, 500, 200));
    QCOMPARE(layout->itemAt(0)->geometry(), QRect(0, 0, 80, 20));
    QCOMPARE(layout->itemAt(1)->geometry(), QRect(90, 0, 80, 20));
    QCOMPARE(layout->sizeHint().width(), 80);
}

DIALOGUE_TEST(TestColumnsLayout, QApplication)
#include "tst_columnslayout.moc"
