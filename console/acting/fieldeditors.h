#pragma once

#include "console/acting/actionspec.h"
#include "core/base/result.h"

#include <QWidget>

#include <functional>
#include <vector>

namespace dialogue::console {

/** A line for each field of an action, and what was put into them. */
class FieldEditors : public QWidget
{
    Q_OBJECT
public:
    explicit FieldEditors(const QList<ActionField> &fields, QWidget *parent = nullptr);

    /** Arguments; of what was left empty there is none. InvalidRequest with the field's name in `path`. */
    [[nodiscard]] Result<QJsonObject> arguments() const;
    void focus(const QString &field); ///< Nothing where there is none of that name.

Q_SIGNALS:
    void changed();

private:
    struct Editor
    {
        ActionField field;
        QWidget *widget;
        std::function<Result<QJsonValue>()> value; ///< Undefined: it is left empty.
    };
    [[nodiscard]] Editor editorFor(const ActionField &field);

    std::vector<Editor> m_editors;
};

} // namespace dialogue::console
