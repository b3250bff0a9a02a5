// Runs before the page is shown: says that scripts work, so that what needs them may take its shape at once.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");
