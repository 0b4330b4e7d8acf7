#include "console/shell/profiledialog.h"

#include "console/look/tonedlabel.h"
#include "console/shell/filefield.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QFormLayout *formIn(QWidget *part)
{
    auto *const form = new QFormLayout(part);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

} // namespace

ProfileDialog::ProfileDialog(const Profile &profile, QWidget *parent)
    : QDialog(parent)
    , m_id(profile.id)
    , m_name(new QLineEdit(profile.name))
    , m_folder(new QLineEdit(profile.folder))
    , m_kind(new QComboBox)
    , m_url(new QLineEdit(profile.url.toString()))
    , m_byAccount(new QRadioButton(tr("An &account, with a password")))
    , m_byToken(new QRadioButton(tr("The &token that the server has made")))
    , m_account(new QLineEdit(profile.account))
    , m_password(new QLineEdit)
    , m_tokenFile(new FileField(tr("The file with the token")))
    , m_caFile(new FileField(tr("Certificates of the authority")))
    , m_certificateFile(new FileField(tr("The client's certificate")))
    , m_keyFile(new FileField(tr("The key of the client's certificate")))
    , m_fingerprint(new QLineEdit(profile.fingerprint))
    , m_proxy(new QLineEdit(profile.proxy.toString()))
    , m_error(new TonedLabel(Tone::Bad))
{
    setWindowTitle(profile.id.isEmpty() ? tr("New profile") : tr("Profile %1").arg(profile.name));
    m_kind->addItem(tr("Development"), int(Profile::Kind::Development));
    m_kind->addItem(tr("Staging"), int(Profile::Kind::Staging));
    m_kind->addItem(tr("Production: type its name before anything is done"), int(Profile::Kind::Production));
    m_kind->setCurrentIndex(m_kind->findData(int(profile.kind)));
    m_folder->setPlaceholderText(tr("none"));
    m_url->setPlaceholderText(u"https://chat.example.org"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(profile.id.isEmpty() ? tr("asked for when it is left empty")
                                                        : tr("as it is kept"));
    m_tokenFile->setText(profile.tokenFile);
    m_caFile->setText(profile.caFile);
    m_caFile->setPlaceholderText(tr("the system's"));
    m_certificateFile->setText(profile.certificateFile);
    m_certificateFile->setPlaceholderText(tr("none"));
    m_keyFile->setText(profile.keyFile);
    m_keyFile->setPlaceholderText(tr("none"));
    m_fingerprint->setPlaceholderText(tr("SHA-256 of a certificate that signs itself"));
    m_proxy->setPlaceholderText(tr("the system's"));
    const bool isByToken = profile.isByToken() && !profile.tokenFile.isEmpty();
    m_byAccount->setChecked(!isByToken);
    m_byToken->setChecked(isByToken);
    m_error->hide();

    auto *const tabs = new QTabWidget;
    tabs->addTab(serverPart(), tr("Server"));
    tabs->addTab(securityPart(), tr("TLS and proxy"));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(tabs);
    column->addWidget(m_error);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ProfileDialog::reject);
    connect(m_byAccount, &QRadioButton::toggled, this, &ProfileDialog::updateWay);
    updateWay();
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
    m_name->setFocus();
}

QWidget *ProfileDialog::serverPart()
{
    auto *const part = new QWidget;
    QFormLayout *const form = formIn(part);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Folder:"), m_folder);
    form->addRow(tr("&URL:"), m_url);
    form->addRow(tr("&Kind:"), m_kind);
    form->addRow(tr("Come in by:"), m_byAccount);
    form->addRow(tr("Acco&unt:"), m_account);
    form->addRow(tr("&Password:"), m_password);
    form->addRow(QString(), m_byToken);
    form->addRow(tr("T&oken file:"), m_tokenFile);
    return part;
}

QWidget *ProfileDialog::securityPart()
{
    auto *const part = new QWidget;
    QFormLayout *const form = formIn(part);
    form->addRow(tr("&Authority (PEM):"), m_caFile);
    form->addRow(tr("&Fingerprint:"), m_fingerprint);
    form->addRow(tr("Client &certificate (PEM):"), m_certificateFile);
    form->addRow(tr("Its &key (PEM):"), m_keyFile);
    form->addRow(tr("&Proxy:"), m_proxy);
    return part;
}

void ProfileDialog::updateWay()
{
    const bool byAccount = m_byAccount->isChecked();
    m_account->setEnabled(byAccount);
    m_password->setEnabled(byAccount);
    m_tokenFile->setEnabled(!byAccount);
}

Profile ProfileDialog::profile() const
{
    const bool byAccount = m_byAccount->isChecked();
    return {.id = m_id,
            .name = m_name->text().trimmed(),
            .folder = m_folder->text().trimmed(),
            .kind = Profile::Kind(m_kind->currentData().toInt()),
            .url = QUrl(m_url->text().trimmed()),
            .account = byAccount ? m_account->text().trimmed() : QString(),
            .tokenFile = byAccount ? QString() : m_tokenFile->text().trimmed(),
            .caFile = m_caFile->text().trimmed(),
            .certificateFile = m_certificateFile->text().trimmed(),
            .keyFile = m_keyFile->text().trimmed(),
            .fingerprint = plainFingerprint(m_fingerprint->text()),
            .proxy = QUrl(m_proxy->text().trimmed())};
}

QString ProfileDialog::password() const { return m_byAccount->isChecked() ? m_password->text() : QString(); }

void ProfileDialog::accept()
{
    if (auto good = profile().check(); !good)
        return point(good.error());
    QDialog::accept();
}

void ProfileDialog::point(const Error &error)
{
    const QList<std::pair<QString, QLineEdit *>> places{{u"name"_s, m_name},
                                                        {u"url"_s, m_url},
                                                        {u"account"_s, m_account},
                                                        {u"tokenFile"_s, m_tokenFile},
                                                        {u"certificateFile"_s, m_certificateFile},
                                                        {u"keyFile"_s, m_keyFile},
                                                        {u"fingerprint"_s, m_fingerprint},
                                                        {u"proxy"_s, m_proxy}};
    m_error->setText(error.text());
    m_error->show();
    for (const auto &[member, line] : places) {
        if (member != error.path)
            continue;
        QWidget *const page = line->parentWidget();
        for (QWidget *above = page; above != nullptr; above = above->parentWidget()) {
            if (auto *const tabs = qobject_cast<QTabWidget *>(above))
                tabs->setCurrentWidget(page);
        }
        line->setFocus();
        line->selectAll();
    }
}

} // namespace dialogue::console
