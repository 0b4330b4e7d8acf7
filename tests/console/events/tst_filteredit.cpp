#include "console/events/filteredit.h"
#include "console/filter/completion.h"

#include "testclasses.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestFilterEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void offersWhatMayCome();
    void putsInWhatIsChosen();
    void isALineForAnyText();
};

namespace {

FilterVocabulary vocabularyForTest()
{
    return {.rooms = {u"lobby"_s}, .events = {u"bid"_s, u"message"_s}, .users = {u"u-1"_s}};
}

QStringList offeredBy(const FilterEdit &edit)
{
    QStringList texts;
    const QAbstractItemView &popup = *edit.findChild<QCompleter *>()->popup();
    if (!popup.isVisible())
        return texts;
    for (int row = 0; row < popup.model()->rowCount(); ++row)
        texts.append(popup.model()->index(row, 0).data().toString());
    return texts;
}

} // namespace

void TestFilterEdit::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("column");
    QTest::addColumn<bool>("isUnfinished");
    QTest::newRow("nothing") << QString() << QString() << false;
    QTest::newRow("right") << u"event == \"bid\""_s << QString() << false;
    QTest::newRow("one sign") << u"event = \"bid\""_s << u"column 7"_s << false;
    QTest::newRow("no such field") << u"evnt == \"bid\""_s << u"column 1"_s << false;
    QTest::newRow("goes on") << u"event == "_s << u"column "_s << true;
    QTest::newRow("and what") << u"event && "_s << u"column "_s << true;
}

void TestFilterEdit::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, text);
    QFETCH(QString, column);
    FilterEdit edit(&vocabularyForTest);
    QLabel label;
    edit.tellIn(label);
    QSignalSpy checked(&edit, &FilterEdit::checked);
    edit.setText(text);
    QCOMPARE(checked.size(), text.isEmpty() ? 0 : 1);
    QCOMPARE(edit.isRight(), column.isEmpty());
    QTEST(edit.isUnfinished(), "isUnfinished");
    QVERIFY2(edit.fault().startsWith(column), qPrintable(edit.fault()));
    QCOMPARE(label.isHidden(), column.isEmpty());
    QVERIFY(label.text().contains(edit.fault()));
    QCOMPARE(edit.accessibleDescription(), edit.fault());
}

void TestFilterEdit::offersWhatMayCome()
{
    FilterEdit edit(&vocabularyForTest);
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    QTest::keyClicks(&edit, u"ev"_s);
    QCOMPARE(offeredBy(edit), QStringList{u"event"_s});
    edit.setText(u"event == "_s);
    QTest::keyClick(&edit, Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(offeredBy(edit), (QStringList{u"\"bid\""_s, u"\"message\""_s}));
    QCOMPARE(edit.text(), u"event == "_s);
}

void TestFilterEdit::putsInWhatIsChosen()
{
    FilterEdit edit(&vocabularyForTest);
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    edit.setText(u"event == \"m && room"_s);
    edit.setCursorPosition(11);
    QTest::keyClick(&edit, Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(offeredBy(edit), QStringList{u"\"message\""_s});
    QAbstractItemView &popup = *edit.findChild<QCompleter *>()->popup();
    QTest::keyClick(&popup, Qt::Key_Down);
    QTest::keyClick(&popup, Qt::Key_Return);
    QCOMPARE(edit.text(), u"event == \"message\" && room"_s);
    QVERIFY(edit.isRight());
    edit.undo();
    QCOMPARE(edit.text(), u"event == \"m && room"_s);
}

void TestFilterEdit::isALineForAnyText()
{
    FilterEdit edit(&vocabularyForTest);
    edit.setIsFilter(false);
    edit.show();
    QTest::keyClicks(&edit, u"event = \""_s);
    QVERIFY(edit.isRight());
    QVERIFY(offeredBy(edit).isEmpty());
    edit.setIsFilter(true);
    QVERIFY(!edit.isRight());
}

DIALOGUE_TEST(TestFilterEdit, QApplication)
#include "tst_filteredit.moc"
