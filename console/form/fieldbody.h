#pragma once

#include "console/form/fieldeditor.h"

#include <QPointer>

class QPushButton;
class QVBoxLayout;

namespace dialogue::console {

class TonedLabel;

/**
 * What stands behind the name of a field: that it is not set, or an editor for its value; where the value is
 * none that the field is for, its JSON. With help, and what is wrong with it. A folded one has no editor yet,
 * and keeps the value as it is.
 */
class FieldBody : public QWidget
{
    Q_OBJECT
public:
    FieldBody(const Field &field, FormContext &context, QWidget *parent = nullptr);
    ~FieldBody() override;

    [[nodiscard]] const Field &field() const { return m_field; }
    /** Undefined: it is not set. */
    [[nodiscard]] QJsonValue value() const;
    void setValue(const QJsonValue &value);

    /** There is something to see of it: where it stands below its name, that it is not set is said there. */
    [[nodiscard]] bool saysSomething() const;

    /** Objects and arrays alone. */
    [[nodiscard]] bool isFolded() const { return m_isFolded; }
    void setFolded(bool folded);

    /** As FieldEditor does it; what nothing else shows it shows itself. */
    void showFaults(const FaultTree &faults);
    QWidget *reveal(const QStringList &pointer);

Q_SIGNALS:
    void edited();
    void foldedChanged();

private:
    [[nodiscard]] bool takesJson(const QJsonValue &value) const;
    void build();
    void drop();
    [[nodiscard]] bool headingSays() const; // That it is not set.
    void tellState();

    Field m_field;
    FormContext &m_context;
    QJsonValue m_value = QJsonValue::Undefined; // Where there is no editor.
    FaultTree m_faults;
    bool m_isFolded;
    bool m_isJson = false; // The editor is one of JSON, though the field is none.
    bool m_hasRow = false;
    FieldEditor *m_editor = nullptr;
    QVBoxLayout *m_layout;
    TonedLabel *m_state;
    TonedLabel *m_help;
    TonedLabel *m_wrong;
    QPushButton *m_anew;
};

} // namespace dialogue::console
