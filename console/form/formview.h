#pragma once

#include "console/form/faulttree.h"
#include "console/form/formcontext.h"

#include <QScrollArea>

namespace dialogue::console {

class FieldBody;

/** A form for the data of a schema. */
class FormView : public QScrollArea
{
    Q_OBJECT
public:
    explicit FormView(QWidget *parent = nullptr);
    ~FormView() override;

    /** Begins with \a value, or where it is undefined with what initialValue() gives. */
    void setSchema(const QJsonObject &schema, const QJsonValue &value = QJsonValue::Undefined);
    [[nodiscard]] QJsonValue value() const;
    void setValue(const QJsonValue &value);

    void showFaults(const QList<SchemaFault> &faults);
    /** Makes the field visible that the JSON pointer leads to, or what is around it, and gives it the
     * focus. */
    void reveal(const QString &pointer);

Q_SIGNALS:
    void edited();

private:
    void orderTabs();

    std::unique_ptr<FormContext> m_context;
    FieldBody *m_root = nullptr;
    bool m_isOrdering = false;
};

} // namespace dialogue::console
