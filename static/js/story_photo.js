// Makes a photo small on the device itself: it is sent in a second, and neither its place nor its camera leaves the phone.
"use strict";

(() => {
  const SIDE = 1600;
  const ENOUGH = 400_000; // bytes
  const input = document.querySelector("input[type=file][name=photo]");
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;

  async function shrunk(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  }

  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file || !["image/jpeg", "image/png"].includes(file.type) || file.size < ENOUGH) return;
    try {
      const blob = await shrunk(file);
      if (!blob || blob.size >= file.size || input.files[0] !== file) return;
      const carrier = new DataTransfer();
      carrier.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
      input.files = carrier.files;
    } catch {
      // the server looks at it as it is
    }
  });
})();
