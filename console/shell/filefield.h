#pragma once

#include <QLineEdit>

namespace dialogue::console {

/** A line for a file's name, with a button that looks for it. */
class FileField : public QLineEdit
{
    Q_OBJECT
public:
    explicit FileField(const QString &title, QWidget *parent = nullptr);
};

} // namespace dialogue::console
