#include "console/form/dataeditor.h"
#include "console/form/formview.h"

#include "orderschema.h"
#include "testclasses.h"
#include "tests/console/support/looks.h"

#include <QApplication>
#include <QJsonArray>
#include <QLabel>
#include <QTabWidget>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What people see; with DIALOGUE_LOOKS, a folder, as PNG files in it. */
class TestFormLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsCutOff_data();
    void nothingIsCutOff();
};

namespace {

QJsonObject wrongOrder()
{
    QJsonObject wrong = order();
    wrong.insert(u"customer"_s, QJsonObject{{u"name"_s, u"Ada Lovelace"_s}, {u"email"_s, u"nobody"_s}});
    wrong.insert(u"shipping"_s, u"by air"_s);
    wrong.remove(u"total"_s);
    wrong.insert(u"x-trace"_s, QJsonArray{1, 2, u"three"_s});
    return wrong;
}

QJsonObject hugeSchema()
{
    QJsonObject properties;
    for (int i = 0; i < 5000; ++i) {
        properties.insert(u"measurement%1"_s.arg(i),
                          QJsonObject{{u"type"_s, QJsonArray{u"number"_s, u"null"_s}},
                                      {u"description"_s, u"What the sensor of this number has measured."_s}});
    }
    return {{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
}

} // namespace

void TestFormLooks::nothingIsCutOff_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<int>("tab");
    const QJsonValue none = QJsonValue::Undefined;
    QTest::newRow("order") << orderSchema() << QJsonValue(order()) << 0;
    QTest::newRow("order-json") << orderSchema() << QJsonValue(order()) << 1;
    QTest::newRow("order-new") << orderSchema() << none << 0;
    QTest::newRow("order-wrong") << orderSchema() << QJsonValue(wrongOrder()) << 0;
    QTest::newRow("empty") << QJsonObject() << none << 0;
    QTest::newRow("huge") << hugeSchema() << QJsonValue(QJsonObject{{u"measurement1"_s, 4.5}}) << 0;
    QTest::newRow("impossible") << QJsonObject{{u"$ref"_s, u"https://elsewhere.example/order.json"_s}} << none
                                << 0;
}

void TestFormLooks::nothingIsCutOff()
{
    QFETCH(QJsonObject, schema);
    QFETCH(QJsonValue, value);
    QFETCH(int, tab);
    for (const bool isDark : {false, true}) {
        const QString look = isDark ? u"dark"_s : u"light"_s;
        QApplication::setPalette(lookPalette(isDark));
        DataEditor editor;
        editor.setSchema(schema, value);
        editor.resize(660, 900);
        editor.show();
        editor.findChild<QTabWidget *>()->setCurrentIndex(tab);
        QTRY_VERIFY(!editor.isChecking());
        QCoreApplication::processEvents();
        QVERIFY(writeLook(editor, u"form-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), look)));
        QWidget *const page = editor.findChild<FormView *>()->widget();
        if (tab == 0)
            QVERIFY(page->width() >= page->minimumSizeHint().width());
        const auto labels = page->findChildren<QLabel *>();
        for (const QLabel *const label : labels) {
            if (tab == 0 && label->isVisibleTo(page) && !label->wordWrap())
                QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        }
    }
    QApplication::setPalette(QPalette());
}

DIALOGUE_TEST(TestFormLooks, QApplication)
#include "tst_formlooks.moc"
