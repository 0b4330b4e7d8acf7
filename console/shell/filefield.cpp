#include "console/shell/filefield.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QStyle>

namespace dialogue::console {

FileField::FileField(const QString &title, QWidget *parent)
    : QLineEdit(parent)
{
    QAction *const browse
        = addAction(style()->standardIcon(QStyle::SP_DirOpenIcon), QLineEdit::TrailingPosition);
    browse->setText(tr("Look for it"));
    connect(browse, &QAction::triggered, this, [this, title] {
        const QString chosen = QFileDialog::getOpenFileName(this, title, QFileInfo(text()).absolutePath());
        if (!chosen.isEmpty())
            setText(chosen);
    });
}

} // namespace dialogue::console
