// Says in words on the page when a passkey did not work; allauth only writes it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey_problem");
  if (problem) problem.hidden = false;
});
