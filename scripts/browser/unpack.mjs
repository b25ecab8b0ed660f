// Unpack the packaged Chromium and print where it is.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
