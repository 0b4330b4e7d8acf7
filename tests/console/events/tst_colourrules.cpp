#include "console/events/colourrules.h"
#include "console/events/colourrulesdialog.h"
#include "console/events/rowlook.h"
#include "console/filter/completion.h"
#include "tests/console/model/randomevents.h"
#include "tests/console/support/looks.h"

#include "testclasses.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestColourRules : public QObject
{
    Q_OBJECT

    const QList<ColourRule> m_rules{{.text = u"bid"_s, .tone = Tone::Good},
                                    {.by = ColourRule::By::Filter,
                                     .text = u"data.price > 50"_s,
                                     .tone = Tone::Bad,
                                     .paints = ColourRule::Paints::Text}};

private Q_SLOTS:
    void theFirstThatFitsIsTheOne();
    void whatIsNoFilterIsLeftOut();
    void areKept();
    void textOnThemCanBeRead();
    void aRowIsLookedAtOnce();
    void marksAreInARow();
    void marksGoWithTheirRows();
    void theDialogTakesWhatIsRight();
};

void TestColourRules::theFirstThatFitsIsTheOne()
{
    const ColourRules rules(m_rules);
    const FilterRow both{.event = u"bid", .data = R"({"price":60})"};
    const FilterRow second{.event = u"ask", .data = R"({"price":60})"};
    const FilterRow none{.event = u"ask", .data = R"({"price":6})"};
    QCOMPARE(rules.ruleFor(both)->tone, Tone::Good);
    QCOMPARE(rules.ruleFor(second)->tone, Tone::Bad);
    QVERIFY(!rules.ruleFor(none));
}

void TestColourRules::whatIsNoFilterIsLeftOut()
{
    const ColourRules rules({{.by = ColourRule::By::Filter, .text = u"data.price >"_s}, m_rules[0]});
    QCOMPARE(rules.rules(), QList<ColourRule>{m_rules[0]});
    QCOMPARE(ColourRules(QList<ColourRule>(60, m_rules[0])).rules().size(), ColourRules::Most);
}

void TestColourRules::areKept()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    QVERIFY(ColourRules::read(settings).rules().isEmpty());
    ColourRules(m_rules).write(settings);
    QCOMPARE(ColourRules::read(settings).rules(), m_rules);
    ColourRules().write(settings);
    QVERIFY(ColourRules::read(settings).rules().isEmpty());
}

void TestColourRules::textOnThemCanBeRead()
{
    for (const QPalette &palette : {test::lookPalette(false), test::lookPalette(true)}) {
        for (int tone = 0; tone <= int(Tone::Accent); ++tone) {
            const QColor background = toneBackground(Tone(tone), palette);
            QVERIFY(contrast(background, palette.color(QPalette::Text)) >= 4.5);
        }
    }
}

void TestColourRules::aRowIsLookedAtOnce()
{
    RandomEvents events(1);
    EventModel model;
    model.append(events.batch(100));
    model.append(events.gap());
    model.flush();
    RowLook look(model);
    QVERIFY(!look.ruleFor(3));
    look.setRules(ColourRules(m_rules));
    for (int i = 0; i < 2; ++i) {
        for (quint64 seq = 0; seq < model.endSeq(); ++seq) {
            const NaiveEvent &event = events.all[seq];
            const bool isBid = event.kind == RowKind::Event && event.event == u"bid";
            const auto rule = look.ruleFor(seq);
            QCOMPARE(rule && rule->tone == Tone::Good, isBid);
            if (event.kind == RowKind::Gap)
                QVERIFY(!rule);
        }
    }
    QVERIFY(!look.ruleFor(1'000'000));
}

void TestColourRules::marksAreInARow()
{
    EventModel model;
    RowLook look(model);
    QVERIFY(!look.nextMark(0));
    look.mark(10, u"here"_s);
    look.mark(20, {});
    QVERIFY(look.isMarked(20));
    QCOMPARE(look.comment(10), u"here"_s);
    QCOMPARE(look.nextMark(0), 10U);
    QCOMPARE(look.nextMark(10), 20U);
    QCOMPARE(look.nextMark(20), 10U);
    QCOMPARE(look.previousMark(20), 10U);
    QCOMPARE(look.previousMark(10), 20U);
    look.unmark(20);
    QCOMPARE(look.nextMark(10), 10U);
    for (int i = 0; i < int(RowLook::MostMarks) - 1; ++i)
        QVERIFY(look.mark(quint64(100 + i), {}));
    QVERIFY(!look.mark(5, {}));
    QVERIFY(look.mark(10, u"again"_s));
}

void TestColourRules::marksGoWithTheirRows()
{
    RandomEvents events(2);
    EventModel model({.rows = 20, .segmentRows = 10});
    RowLook look(model);
    model.append(events.batch(20));
    model.flush();
    look.mark(1, {});
    look.mark(18, {});
    model.append(events.batch(10));
    model.flush();
    QVERIFY(!look.isMarked(1));
    QVERIFY(look.isMarked(18));
    model.clear();
    QVERIFY(!look.isMarked(18));
}

void TestColourRules::theDialogTakesWhatIsRight()
{
    ColourRulesDialog dialog(ColourRules(m_rules), [] { return FilterVocabulary(); });
    auto &list = *dialog.findChild<QListWidget *>();
    auto &text = *dialog.findChild<FilterEdit *>();
    auto &ok = *dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QCOMPARE(list.count(), 2);
    QCOMPARE(text.text(), u"bid"_s);
    list.setCurrentRow(1);
    QCOMPARE(text.text(), u"data.price > 50"_s);
    text.setText(u"data.price >"_s);
    QVERIFY(!ok.isEnabled());
    text.setText(u"data.price > 70"_s);
    QVERIFY(ok.isEnabled());
    const auto press = [&](const QString &name) {
        for (QPushButton *const button : dialog.findChildren<QPushButton *>()) {
            if (button->text() == name)
                button->click();
        }
    };
    press(u"Move &up"_s);
    QCOMPARE(dialog.rules().rules().first().text, u"data.price > 70"_s);
    QCOMPARE(dialog.rules().rules().first().paints, ColourRule::Paints::Text);
    press(u"&Add"_s);
    QVERIFY(!ok.isEnabled());
    text.setText(u"ask"_s);
    QCOMPARE(dialog.rules().rules().last().text, u"ask"_s);
    press(u"&Remove"_s);
    press(u"&Remove"_s);
    QCOMPARE(dialog.rules().rules().size(), 1);
}

DIALOGUE_TEST(TestColourRules, QApplication)
#include "tst_colourrules.moc"
