#pragma once

#include "console/form/faulttree.h"
#include "console/form/field.h"
#include "console/form/formcontext.h"

#include <QWidget>

namespace dialogue::console {

/** Shows a value that canHold() allows for its field, and has it edited. */
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    FieldEditor(const Field &field, QWidget *parent);

    [[nodiscard]] const Field &field() const { return m_field; }
    [[nodiscard]] virtual QJsonValue value() const = 0;
    /** Tells nobody. */
    virtual void setValue(const QJsonValue &value) = 0;
    /** What of it stands at none of its parts. */
    virtual QStringList showFaults(const FaultTree &faults) { return faults.all(); }
    /** Makes what \a pointer leads to visible; the widget that is for it, or for what is around it. */
    virtual QWidget *reveal(const QStringList &pointer);

Q_SIGNALS:
    void edited(); ///< By somebody.

protected:
    /** What stands for the whole for the keyboard and for screen readers. */
    void setInput(QWidget *input);
    [[nodiscard]] QWidget *input() const { return m_input; }

private:
    Field m_field;
    QWidget *m_input = nullptr;
};

/** The one for the kind of \a field. */
[[nodiscard]] FieldEditor *makeFieldEditor(const Field &field, FormContext &context, QWidget *parent);

} // namespace dialogue::console
