#include "ui/signinpage.h"

#include "ui/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace chat {

using namespace Qt::StringLiterals;

SignInPage::SignInPage(QWidget *parent)
    : QWidget(parent)
    , m_url(new QLineEdit)
    , m_name(new QLineEdit)
    , m_problem(new QLabel)
    , m_signIn(new QPushButton(tr("Sign in")))
{
    const int em = fontMetrics().height();
    auto *const title = new QLabel(tr("Dialogue chat"));
    QFont large = bold(font());
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);
    m_url->setObjectName(QStringLiteral("url"));
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setPlaceholderText(tr("What the others see"));
    m_name->setMaxLength(64);
    m_signIn->setObjectName(QStringLiteral("signIn"));
    m_signIn->setDefault(true);
    m_problem->setWordWrap(true);

    auto *const form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(em / 2);
    form->addRow(tr("&Server"), m_url);
    form->addRow(tr("Your &name"), m_name);
    auto *const box = new QWidget;
    box->setFixedWidth(em * 24);
    auto *const column = new QVBoxLayout(box);
    column->setSpacing(em * 3 / 4);
    column->addWidget(title);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(m_signIn, 0, Qt::AlignRight);
    auto *const page = new QVBoxLayout(this);
    page->addWidget(box, 0, Qt::AlignCenter);
    setFocusProxy(m_name);

    connect(m_url, &QLineEdit::textChanged, this, &SignInPage::check);
    connect(m_name, &QLineEdit::textChanged, this, &SignInPage::check);
    connect(m_url, &QLineEdit::returnPressed, this, &SignInPage::signIn);
    connect(m_name, &QLineEdit::returnPressed, this, &SignInPage::signIn);
    connect(m_signIn, &QPushButton::clicked, this, &SignInPage::signIn);
    check();
}

void SignInPage::setUrl(const QString &url) { m_url->setText(url); }
void SignInPage::setName(const QString &name) { m_name->setText(name); }

QUrl SignInPage::url() const
{
    const QUrl url = QUrl::fromUserInput(m_url->text().trimmed());
    static const QStringList schemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s};
    return schemes.contains(url.scheme()) && !url.host().isEmpty() ? url : QUrl();
}

void SignInPage::check()
{
    const bool hasUrl = url().isValid();
    m_problem->setText(
        hasUrl || m_url->text().isEmpty()
            ? QString()
            : tr("A server's address looks like http://127.0.0.1:3000 or https://chat.example.org"));
    m_signIn->setEnabled(hasUrl && !m_name->text().trimmed().isEmpty());
}

void SignInPage::signIn()
{
    if (m_signIn->isEnabled())
        Q_EMIT signInWanted(url(), m_name->text().trimmed());
}

} // namespace chat
