#include "console/form/dataeditor.h"
#include "console/form/fieldrow.h"
#include "console/form/formview.h"
#include "console/form/numberbox.h"

#include "orderschema.h"
#include "testclasses.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** A form and its JSON, by the keyboard. */
class TestDataEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItWasGiven_data();
    void givesBackWhatItWasGiven();
    void editingAFieldChangesTheJson();
    void editingTheJsonChangesTheForm();
    void jsonThatIsNoneLeavesTheFormAsItWas();
    void whatTheFormDoesNotKnowIsKept();
    void optionalMembersAreLeftOutUntilTheyAreSet();
    void wholeNumbersKeepAllTheirDigits();
    void aMomentThatNobodyEditsKeepsItsText();
    void itemsAreAddedMovedAndRemoved();
    void anotherBranchKeepsWhatBothHave();
    void aValueOfAnotherTypeIsShownAsJson();
    void membersAreAddedByName();
    void faultsAreShownAtTheirFieldsAndLeadThere();
    void aFaultInWhatIsFoldedIsShownWhereItIsFolded();
    void aSchemaThatDoesNotCompileIsToldOf();
    void tabGoesInTheOrderOfReading();
    void everythingFocusableHasAName();
    void recursionIsUnfoldedWhenAsked();
    void hugeOnesAreBuiltInParts();

private:
    static QPlainTextEdit *jsonOf(DataEditor &editor)
    {
        const auto all = editor.findChildren<QPlainTextEdit *>();
        for (QPlainTextEdit *const each : all) {
            if (each->accessibleName() == u"Data as JSON")
                return each;
        }
        return nullptr;
    }
    static void show(DataEditor &editor)
    {
        editor.resize(700, 600);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }
    static QTabWidget *tabs(DataEditor &editor) { return editor.findChild<QTabWidget *>(); }
    static void settle(DataEditor &editor) { QTRY_VERIFY(!editor.isChecking()); }

    /** Called so; not what is about to be deleted. */
    template <class T>
    static T *named(QWidget &in, const QString &name, int index = 0)
    {
        QCoreApplication::processEvents(); // What is new in a layout is shown by then.
        const auto all = in.findChildren<T *>();
        for (T *const each : all) {
            if (each->accessibleName() == name && each->isVisibleTo(&in) && index-- == 0)
                return each;
        }
        return nullptr;
    }
    static QStringList wrongs(QWidget &in)
    {
        QStringList texts;
        const auto all = in.findChildren<QLabel *>();
        for (const QLabel *const label : all) {
            if (label->isVisibleTo(&in) && label->text().startsWith(u"✕ "_s)
                && label->parentWidget()->inherits("dialogue::console::FieldBody"))
                texts.append(label->text());
        }
        return texts;
    }
};

void TestDataEditor::givesBackWhatItWasGiven_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("an order") << orderSchema() << QJsonValue(order());
    QTest::newRow("an order without a schema") << QJsonObject() << QJsonValue(order());
    QTest::newRow("lines") << QJsonObject{{u"type"_s, u"string"_s}} << QJsonValue(u"a\nb\u00a0c\u2028d"_s);
    QTest::newRow("a text where an order should be") << orderSchema() << QJsonValue(u"none"_s);
    QTest::newRow("what does not fit") << orderSchema()
                                       << QJsonValue(QJsonObject{{u"orderId"_s, 1.5},
                                                                 {u"items"_s, QJsonObject()},
                                                                 {u"other"_s, true},
                                                                 {u"shipping"_s, u"by air"_s}});
}

void TestDataEditor::givesBackWhatItWasGiven()
{
    QFETCH(QJsonObject, schema);
    QFETCH(QJsonValue, value);
    FormView form;
    form.setSchema(schema, value);
    QCOMPARE(form.value(), value);
    form.setValue(QJsonObject());
    form.setValue(value);
    QCOMPARE(form.value(), value);
}

void TestDataEditor::editingAFieldChangesTheJson()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    const QSignalSpy edited(&editor, &DataEditor::edited);
    auto *const name = named<QLineEdit>(editor, u"name"_s);
    QVERIFY(name);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, u"Grace"_s);
    QCOMPARE(edited.size(), 5);
    QCOMPARE(editor.value()[u"customer"_s][u"name"_s].toString(), u"Grace"_s);
    tabs(editor)->setCurrentIndex(1);
    QVERIFY(jsonOf(editor)->toPlainText().contains(u"\"name\": \"Grace\""_s));
}

void TestDataEditor::editingTheJsonChangesTheForm()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    tabs(editor)->setCurrentIndex(1);
    QPlainTextEdit *const json = jsonOf(editor);
    QTextCursor cursor = json->document()->find(u"Ada Lovelace"_s);
    json->setTextCursor(cursor);
    QTest::keyClicks(json, u"Grace"_s);
    QCOMPARE(editor.value()[u"customer"_s][u"name"_s].toString(), u"Grace"_s);
    tabs(editor)->setCurrentIndex(0);
    QCOMPARE(named<QLineEdit>(editor, u"name"_s)->text(), u"Grace"_s);
}

void TestDataEditor::jsonThatIsNoneLeavesTheFormAsItWas()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    tabs(editor)->setCurrentIndex(1);
    jsonOf(editor)->setPlainText(u"{\n  \"orderId\" 7}"_s);
    QVERIFY(!editor.isJson());
    QCOMPARE(editor.value(), QJsonValue(order()));
    QCOMPARE(tabs(editor)->tabText(1), u"&JSON (not valid)"_s);
    const auto labels = editor.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](QLabel *label) {
        return label->isVisibleTo(&editor) && label->text().contains(u"Line 2, column 13"_s);
    }));
    tabs(editor)->setCurrentIndex(0);
    QCOMPARE(named<QLineEdit>(editor, u"name"_s)->text(), u"Ada Lovelace"_s);
    // The form goes on from there, and what is written under JSON with it.
    QTest::keyClicks(named<QLineEdit>(editor, u"name"_s), u"!"_s);
    QVERIFY(editor.isJson());
    tabs(editor)->setCurrentIndex(1);
    QVERIFY(jsonOf(editor)->toPlainText().contains(u"Ada Lovelace!"_s));
}

void TestDataEditor::whatTheFormDoesNotKnowIsKept()
{
    DataEditor editor;
    QJsonObject value = order();
    value.insert(u"x-trace"_s, QJsonArray{1, QJsonObject{{u"a"_s, 2}}});
    editor.setSchema(orderSchema(), value);
    show(editor);
    QTest::keyClicks(named<QLineEdit>(editor, u"name"_s), u"!"_s);
    QCOMPARE(editor.value()[u"x-trace"_s], value[u"x-trace"_s]);
    QTest::mouseClick(named<QToolButton>(editor, u"x-trace: remove"_s), Qt::LeftButton);
    QVERIFY(editor.value()[u"x-trace"_s].isUndefined());
}

void TestDataEditor::optionalMembersAreLeftOutUntilTheyAreSet()
{
    DataEditor editor;
    editor.setSchema(orderSchema());
    show(editor);
    QVERIFY(editor.value()[u"shipping"_s].isUndefined());
    auto *const set = named<QCheckBox>(editor, u"shipping, optional"_s);
    QVERIFY(set && !set->isChecked());
    QVERIFY(!named<QComboBox>(editor, u"shipping"_s));
    set->setFocus();
    QTest::keyClick(set, Qt::Key_Space);
    QCOMPARE(editor.value()[u"shipping"_s].toString(), u"standard"_s);
    auto *const box = named<QComboBox>(editor, u"shipping"_s);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(editor.value()[u"shipping"_s].toString(), u"express"_s);
    QTest::keyClick(set, Qt::Key_Space);
    QVERIFY(editor.value()[u"shipping"_s].isUndefined());
}

void TestDataEditor::wholeNumbersKeepAllTheirDigits()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    auto *const box = named<NumberBox>(editor, u"orderId"_s);
    QCOMPARE(box->text(), u"9007199254740993"_s);
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(editor.value()[u"orderId"_s].toInteger(), 9007199254740994);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(editor.value()[u"orderId"_s].toInteger(), 9007199254740993);
    // No letters; and what is no number yet is told of.
    QTest::keyClicks(box, u"x"_s);
    QCOMPARE(editor.value()[u"orderId"_s].toInteger(), 9007199254740993);
    box->selectAll();
    QTest::keyClicks(box, u"-"_s);
    settle(editor);
    QCOMPARE(editor.faults().first().pointer, u"/orderId"_s);
    QTest::keyClicks(box, u"5"_s);
    QCOMPARE(editor.value()[u"orderId"_s].toInteger(), -5);
}

void TestDataEditor::aMomentThatNobodyEditsKeepsItsText()
{
    DataEditor editor;
    QJsonObject value = order();
    value.insert(u"placedAt"_s, u"2026-11-30T14:00:00.000+02:00"_s);
    editor.setSchema(orderSchema(), value);
    show(editor);
    QTest::keyClicks(named<QLineEdit>(editor, u"name"_s), u"!"_s);
    QCOMPARE(editor.value()[u"placedAt"_s], value[u"placedAt"_s]);
    auto *const moment = named<QDateTimeEdit>(editor, u"placedAt"_s);
    QCOMPARE(moment->text(), u"2026-11-30 12:00:00.000"_s);
    QTest::keyClick(moment, Qt::Key_Up); // The year, where it begins.
    QCOMPARE(editor.value()[u"placedAt"_s].toString(), u"2027-11-30T12:00:00Z"_s);
}

void TestDataEditor::itemsAreAddedMovedAndRemoved()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    const auto skus = [&] {
        QStringList skus;
        const QJsonArray items = editor.value()[u"items"_s].toArray();
        for (const QJsonValue &item : items)
            skus.append(item[u"sku"_s].toString());
        return skus;
    };
    const auto press = [&](const QString &name) {
        auto *const button = named<QToolButton>(editor, name);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
    };
    press(u"Article 1: down"_s);
    QCOMPARE(skus(), QStringList({u"CD-5678"_s, u"AB-1234"_s}));
    QCOMPARE(editor.value()[u"items"_s][0][u"gift"_s], QJsonValue(true));
    QVERIFY(editor.value()[u"items"_s][1][u"gift"_s].isUndefined());
    auto *const add = named<QPushButton>(editor, u"items: add item"_s);
    add->setFocus();
    QTest::keyClick(add, Qt::Key_Space);
    QCOMPARE(skus().size(), 3);
    QTest::keyClicks(QApplication::focusWidget(), u"EF-0000"_s);
    QCOMPARE(skus().last(), u"EF-0000"_s);
    press(u"Article 3: up"_s);
    press(u"Article 1: remove"_s);
    QCOMPARE(skus(), QStringList({u"EF-0000"_s, u"AB-1234"_s}));
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Article 1: remove"_s);
}

void TestDataEditor::anotherBranchKeepsWhatBothHave()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    auto *const box = named<QComboBox>(editor, u"payment"_s);
    QCOMPARE(box->currentText(), u"Bank transfer"_s);
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(editor.value()[u"payment"_s],
             QJsonValue(QJsonObject{{u"kind"_s, u"card"_s}, {u"last4"_s, QString()}}));
    QTest::keyClicks(named<QLineEdit>(editor, u"last4"_s), u"1234"_s);
    settle(editor);
    QVERIFY2(editor.faults().isEmpty(), qPrintable(editor.faults().value(0).message));
}

void TestDataEditor::aValueOfAnotherTypeIsShownAsJson()
{
    DataEditor editor;
    QJsonObject value = order();
    value.insert(u"customer"_s, 7);
    editor.setSchema(orderSchema(), value);
    show(editor);
    auto *const json = named<QPlainTextEdit>(editor, u"customer"_s);
    QVERIFY(json);
    QCOMPARE(json->toPlainText(), u"7"_s);
    QTest::mouseClick(named<QPushButton>(editor, u"customer: begin anew"_s), Qt::LeftButton);
    QCOMPARE(editor.value()[u"customer"_s],
             QJsonValue(QJsonObject{{u"name"_s, QString()}, {u"email"_s, QString()}}));
    QVERIFY(named<QLineEdit>(editor, u"email"_s));
}

void TestDataEditor::membersAreAddedByName()
{
    DataEditor editor;
    editor.setSchema({{u"title"_s, u"Scores"_s},
                      {u"type"_s, u"object"_s},
                      {u"additionalProperties"_s, QJsonObject{{u"type"_s, u"integer"_s}}}});
    show(editor);
    auto *const name = named<QLineEdit>(editor, u"Scores: name of another member"_s);
    name->setFocus();
    QTest::keyClicks(name, u"ada"_s);
    QTest::keyClick(name, Qt::Key_Tab);
    QCOMPARE(qobject_cast<QPushButton *>(QApplication::focusWidget())->text(), u"Add member"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(editor.value(), QJsonValue(QJsonObject{{u"ada"_s, 0}}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(editor.value(), QJsonValue(QJsonObject{{u"ada"_s, 1}}));
}

void TestDataEditor::faultsAreShownAtTheirFieldsAndLeadThere()
{
    DataEditor editor;
    QJsonObject value = order();
    QJsonArray items = value[u"items"_s].toArray();
    QJsonObject second = items[1].toObject();
    second.insert(u"sku"_s, u"nonsense"_s);
    items[1] = second;
    value.insert(u"items"_s, items);
    value.remove(u"total"_s);
    editor.setSchema(orderSchema(), value);
    show(editor);
    settle(editor);
    auto *const list = editor.findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QCOMPARE(wrongs(editor).size(), 2);
    for (int i = 0; i < list->count(); ++i) {
        list->setFocus();
        list->setCurrentRow(i);
        Q_EMIT list->itemActivated(list->item(i));
        const QString at = QApplication::focusWidget()->accessibleName();
        QCOMPARE(at, list->item(i)->text().contains(u"total"_s) ? u"total: set"_s : u"sku"_s);
    }
    // Mended, it is there no more.
    editor.setValue(order());
    settle(editor);
    QVERIFY(!list->isVisible());
    QCOMPARE(wrongs(editor), QStringList());
}

void TestDataEditor::aFaultInWhatIsFoldedIsShownWhereItIsFolded()
{
    DataEditor editor;
    QJsonObject value = order();
    value.insert(u"customer"_s, QJsonObject{{u"name"_s, u"Ada"_s}, {u"email"_s, u"nobody"_s}});
    editor.setSchema(orderSchema(), value);
    show(editor);
    auto *const fold = named<QToolButton>(editor, u"customer: fold"_s);
    fold->setFocus();
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(!named<QLineEdit>(editor, u"email"_s));
    settle(editor);
    QCOMPARE(wrongs(editor).size(), 1);
    QVERIFY(wrongs(editor).first().startsWith(u"✕ email: "_s));
    editor.goToFirstFault();
    QCOMPARE(QApplication::focusWidget(), named<QLineEdit>(editor, u"email"_s));
}

void TestDataEditor::aSchemaThatDoesNotCompileIsToldOf()
{
    DataEditor editor;
    editor.setSchema({{u"type"_s, u"string"_s}, {u"pattern"_s, u"("_s}});
    show(editor);
    settle(editor);
    const auto labels = editor.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](QLabel *label) {
        return label->text().startsWith(u"✕ The schema cannot be used"_s);
    }));
}

void TestDataEditor::tabGoesInTheOrderOfReading()
{
    DataEditor editor;
    editor.setSchema(orderSchema());
    show(editor);
    // What is built later has its place, too.
    QTest::keyClick(named<QCheckBox>(editor, u"address, optional"_s), Qt::Key_Space);
    QCoreApplication::processEvents();
    named<NumberBox>(editor, u"orderId"_s)->setFocus();
    QStringList names;
    for (int i = 0; i < 9; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        names.append(QApplication::focusWidget()->accessibleName());
    }
    QCOMPARE(
        names,
        QStringList({u"customer: fold"_s, u"name"_s, u"name: several lines"_s, u"email"_s, u"address: fold"_s,
                     u"address, optional"_s, u"street"_s, u"street: several lines"_s, u"city"_s}));
}

void TestDataEditor::everythingFocusableHasAName()
{
    DataEditor editor;
    editor.setSchema(orderSchema(), order());
    show(editor);
    const auto all = editor.findChildren<QWidget *>();
    for (const QWidget *const each : all) {
        if (!each->isVisibleTo(&editor) || !(each->focusPolicy() & Qt::TabFocus)
            || each->objectName().startsWith(u"qt_"_s) || each->inherits("QTabBar")
            || each->inherits("QTabWidget"))
            continue;
        if (const auto *const button = qobject_cast<const QPushButton *>(each);
            button && !button->text().isEmpty())
            continue; // Called as it says.
        QVERIFY2(!each->accessibleName().isEmpty(), each->metaObject()->className());
    }
}

void TestDataEditor::recursionIsUnfoldedWhenAsked()
{
    FormView form;
    form.setSchema({{u"type"_s, u"object"_s},
                    {u"required"_s, QJsonArray{u"next"_s}},
                    {u"properties"_s, QJsonObject{{u"next"_s, QJsonObject{{u"$ref"_s, u"#"_s}}}}}});
    const auto rows = [&] { return form.findChildren<QToolButton *>().size(); };
    QVERIFY(rows() <= FormSchema::MaxDepth);
}

void TestDataEditor::hugeOnesAreBuiltInParts()
{
    QJsonObject properties;
    QJsonObject value;
    for (int i = 0; i < 5000; ++i) {
        properties.insert(u"m%1"_s.arg(i, 4, 10, QLatin1Char('0')), QJsonObject{{u"type"_s, u"string"_s}});
        value.insert(u"m%1"_s.arg(i, 4, 10, QLatin1Char('0')), u"x"_s);
    }
    FormView form;
    form.setSchema({{u"type"_s, u"object"_s}, {u"properties"_s, properties}}, value);
    const auto lines = [&] { return form.findChildren<QLineEdit *>().size(); };
    QVERIFY(lines() <= 2 * FormContext::RowsAtOnce);
    QCOMPARE(form.value(), QJsonValue(value));
    form.reveal(u"/m0100"_s);
    QVERIFY(lines() >= 100);
    QCOMPARE(form.value(), QJsonValue(value));
    QJsonArray many;
    for (int i = 0; i < 20'000; ++i)
        many.append(i);
    form.setSchema({{u"type"_s, u"array"_s}, {u"items"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}, many);
    QVERIFY(lines() <= 2 * FormContext::RowsAtOnce);
    QCOMPARE(form.value(), QJsonValue(many));
}

DIALOGUE_TEST(TestDataEditor, QApplication)
#include "tst_dataeditor.moc"
