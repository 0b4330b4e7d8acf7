#pragma once

#include "console/form/datacheck.h"
#include "console/form/jsonentry.h"

#include <QWidget>

class QListWidget;
class QPlainTextEdit;
class QTabWidget;

namespace dialogue::console {

class FormView;
class TonedLabel;

/**
 * Data for a schema, as a form and as JSON, the one kept in step with the other; what the form does not know
 * stays. JSON that is none leaves the form as it was. What is wrong with the data is listed below, and shown
 * at its fields.
 */
class DataEditor : public QWidget
{
    Q_OBJECT
public:
    explicit DataEditor(QWidget *parent = nullptr);

    void setSchema(const QJsonObject &schema, const QJsonValue &value = QJsonValue::Undefined);
    /** As it stands; of JSON that is none, that before. */
    [[nodiscard]] QJsonValue value() const { return m_value; }
    void setValue(const QJsonValue &value);

    /** What is written is JSON. */
    [[nodiscard]] bool isJson() const { return m_isJson; }
    [[nodiscard]] bool isChecking() const { return m_check.isBusy(); }
    /** What the validator says of value(), once it has. */
    [[nodiscard]] const QList<SchemaFault> &faults() const { return m_faults; }
    /** What a server says of it instead, until it is edited. */
    void showFaults(const QList<SchemaFault> &faults);
    void goToFirstFault();

    /** Another tab beside the two. */
    void addTab(QWidget *tab, const QString &name);

Q_SIGNALS:
    void edited(); ///< By somebody, or setValue().
    void checked();

private:
    void takeForm();
    void takeJson();
    void takeTab();
    void take(const QJsonValue &value);
    void goTo(int fault);
    void markJson(const JsonEntry &entry);
    void list();

    QJsonValue m_value;
    bool m_hasSchema = false;
    bool m_isJson = true;
    bool m_formIsBehind = false;
    bool m_jsonIsBehind = true;
    QList<SchemaFault> m_faults;
    QString m_unchecked; // Why nothing is checked.
    DataCheck m_check;
    QTabWidget *m_tabs;
    FormView *m_form;
    QPlainTextEdit *m_json;
    TonedLabel *m_jsonFault;
    TonedLabel *m_formNote;
    TonedLabel *m_summary;
    QListWidget *m_list;
};

} // namespace dialogue::console
