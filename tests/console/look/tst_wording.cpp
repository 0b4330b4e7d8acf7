#include "testclasses.h"

#include "console/look/celldelegate.h"
#include "console/look/tones.h"
#include "console/look/wording.h"

#include <QApplication>
#include <QLocale>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestWording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void bytesAreInUnitsOf1024_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0LL << u"0 B"_s;
        QTest::newRow("some") << 1023LL << u"1023 B"_s;
        QTest::newRow("a KiB") << 1024LL << u"1 KiB"_s;
        QTest::newRow("between") << 4300LL << u"4.20 KiB"_s;
        QTest::newRow("tens") << 43000LL << u"42.0 KiB"_s;
        QTest::newRow("nearly a MiB") << 1048575LL << u"1 MiB"_s;
        QTest::newRow("GiB") << 1395864371LL << u"1.30 GiB"_s;
        QTest::newRow("beyond the units") << (1LL << 52) << u"4096 TiB"_s;
    }
    void bytesAreInUnitsOf1024()
    {
        QFETCH(qint64, bytes);
        QString text = bytesText(bytes);
        QTEST(text.remove(u','), "text");
    }

    void durationsAreAsLongAsOneReadsThem_data()
    {
        QTest::addColumn<double>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("microseconds") << 0.25 << u"250 µs"_s;
        QTest::newRow("milliseconds") << 12.0 << u"12 ms"_s;
        QTest::newRow("parts of them") << 1.5 << u"1.50 ms"_s;
        QTest::newRow("seconds") << 1400.0 << u"1.40 s"_s;
        QTest::newRow("minutes and seconds") << 185'000.0 << u"3 min 5 s"_s;
        QTest::newRow("many minutes") << 1'205'000.0 << u"20 min"_s;
        QTest::newRow("hours") << 7'500'000.0 << u"2 h 5 min"_s;
        QTest::newRow("days") << 356'400'000.0 << u"4 d 3 h"_s;
    }
    void durationsAreAsLongAsOneReadsThem()
    {
        QFETCH(double, milliseconds);
        QTEST(durationText(milliseconds), "text");
    }

    void cellsSayWhatIsNotThereByADash_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QString>("text");
        using Kind = CellDelegate::Kind;
        QTest::newRow("no number") << int(Kind::Number) << QVariant(0) << u"–"_s;
        QTest::newRow("a number") << int(Kind::Number) << QVariant(12345) << u"12,345"_s;
        QTest::newRow("a rate") << int(Kind::Rate) << QVariant(26.14) << u"26.1"_s;
        QTest::newRow("no bytes") << int(Kind::Bytes) << QVariant(0) << u"–"_s;
        QTest::newRow("a duration of nothing") << int(Kind::Duration) << QVariant(0.0) << u"0 µs"_s;
        QTest::newRow("no duration") << int(Kind::Duration) << QVariant(-1.0) << u"–"_s;
        QTest::newRow("yes") << int(Kind::YesOrDash) << QVariant(true) << u"yes"_s;
        QTest::newRow("a text") << int(Kind::Text) << QVariant(u"0"_s) << u"0"_s;
    }
    void cellsSayWhatIsNotThereByADash()
    {
        QFETCH(int, kind);
        QFETCH(QVariant, value);
        QTEST(CellDelegate::text(CellDelegate::Kind(kind), value), "text");
    }

    void everyToneIsReadable_data()
    {
        QTest::addColumn<QColor>("paper");
        QTest::addColumn<QColor>("ink");
        QTest::newRow("light") << QColor(0xf4f4f5) << QColor(0x1c1c1e);
        QTest::newRow("white") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(0x242528) << QColor(0xe6e6e6);
        QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
    }
    void everyToneIsReadable()
    {
        QFETCH(QColor, paper);
        QFETCH(QColor, ink);
        QPalette palette;
        palette.setColor(QPalette::Window, paper);
        palette.setColor(QPalette::WindowText, ink);
        for (const Tone tone : {Tone::Quiet, Tone::Good, Tone::Warning, Tone::Bad, Tone::Accent}) {
            const double seen = contrast(toneColor(tone, palette), paper);
            QVERIFY2(seen >= 4.5, qPrintable(u"tone %1: %2"_s.arg(int(tone)).arg(seen)));
        }
    }

    void contrastIsThatOfTheGuidelines()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrast(QColor(0x777777), Qt::white) * 100),
                 448); // WCAG's own example of too little.
    }
};

DIALOGUE_TEST(TestWording, QApplication)
#include "tst_wording.moc"
