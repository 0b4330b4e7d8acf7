#include "testclasses.h"

#include "console/shell/commandpalette.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListWidget>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestCommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersInTheirOrderFit_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse"); // Empty: it does not fit at all.
        QTest::newRow("beginnings of words") << u"da"_s << u"Delete all"_s << u"Broadcast"_s;
        QTest::newRow("together") << u"ban"_s << u"Ban the user"_s << u"Bar ran"_s;
        QTest::newRow("capitals or not") << u"BAN"_s << u"ban"_s << u"nab"_s;
        QTest::newRow("nothing typed") << QString() << u"anything"_s << u"anything"_s;
        QTest::newRow("blanks are nothing") << u"d a"_s << u"Delete all"_s << u"Delete"_s;
    }
    void lettersInTheirOrderFit()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const int good = CommandPalette::fit(typed, better);
        QVERIFY(good >= 0);
        QVERIFY(typed.isEmpty() ? good == CommandPalette::fit(typed, worse)
                                : good > CommandPalette::fit(typed, worse));
        QCOMPARE(CommandPalette::fit(u"xyz", better), -1);
    }

    void isChosenByTheKeyboardAlone()
    {
        QAction rooms(u"&Rooms"_s);
        QAction ban(u"Ban the user…"_s);
        QAction other(u"Ban the room…"_s);
        QAction disabled(u"Ban all"_s);
        disabled.setEnabled(false);
        CommandPalette palette(
            {{&rooms, u"Go"_s}, {&ban, u"Page"_s}, {&other, u"Page"_s}, {&disabled, u"Page"_s}});
        palette.show();
        QTest::keyClicks(palette.focusWidget(), u"ban"_s);
        const auto *const list = palette.findChild<QListWidget *>();
        QCOMPARE(list->count(), 2);
        QTest::keyClick(palette.focusWidget(), Qt::Key_Down);
        QTest::keyClick(palette.focusWidget(), Qt::Key_Down); // There is no more.
        QTest::keyClick(palette.focusWidget(), Qt::Key_Return);
        QCOMPARE(palette.result(), int(QDialog::Accepted));
        QCOMPARE(palette.chosen(), &other);
    }

    void nothingFits()
    {
        QAction rooms(u"&Rooms"_s);
        CommandPalette palette({{&rooms, u"Go"_s}});
        palette.show();
        QTest::keyClicks(palette.focusWidget(), u"zzz"_s);
        QTest::keyClick(palette.focusWidget(), Qt::Key_Return);
        QVERIFY(!palette.chosen());
    }
};

DIALOGUE_TEST(TestCommandPalette, QApplication)
#include "tst_commandpalette.moc"
