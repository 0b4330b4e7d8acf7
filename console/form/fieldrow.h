#pragma once

#include "console/form/fieldbody.h"

class QBoxLayout;
class QCheckBox;
class QGridLayout;
class QLabel;
class QToolButton;

namespace dialogue::console {

/** A field with its name: two widgets in a grid, the one beside the other or, of what has parts, below it.
 * What is optional can be set by the box before its name; what is required says so. */
class FieldRow : public QObject
{
    Q_OBJECT
public:
    FieldRow(const Field &field, FormContext &context, QObject *parent = nullptr);
    ~FieldRow() override;

    [[nodiscard]] const Field &field() const { return m_body->field(); }
    /** Behind all that is in \a grid. */
    void addTo(QGridLayout *grid);
    /** At the end of the line with the name. */
    void addTool(QWidget *tool);

    [[nodiscard]] QJsonValue value() const { return m_body->value(); }
    void setValue(const QJsonValue &value);
    void setCaption(const QString &caption);

    void showFaults(const FaultTree &faults);
    QWidget *reveal(const QStringList &pointer);

Q_SIGNALS:
    void edited();

private:
    void tell();
    void showBlock();
    void setByHand(bool set);

    FormContext &m_context;
    QWidget *m_heading;
    QBoxLayout *m_line;
    QToolButton *m_fold = nullptr; // Of objects and arrays.
    QCheckBox *m_set = nullptr; // Of what is optional.
    QLabel *m_name = nullptr; // Of the others.
    TonedLabel *m_remark;
    FieldBody *m_body;
    QWidget *m_block; // The body, and what sets it off.
};

} // namespace dialogue::console
